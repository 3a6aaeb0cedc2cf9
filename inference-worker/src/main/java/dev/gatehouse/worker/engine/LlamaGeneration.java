package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.llama.LlamaChat;
import dev.gatehouse.worker.llama.LlamaContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One request of the llama engine. {@link #cap} and {@link #cancel} from any thread, all else on the engine's. */
final class LlamaGeneration implements Generation {

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LlamaChat chat;
    private final Sequence sequence;
    private final Answer answer;
    private final Output output;
    private final int bound;
    private final int prompt;
    private final boolean logprobs;
    private final Runnable wake;
    private final AtomicReference<Cap> cap;
    private final CompletableFuture<End> ended = new CompletableFuture<>();
    private volatile boolean cancelled;
    private final Timing timing = new Timing(System.nanoTime());
    private long pausedAt;
    private boolean told;

    private record Cap(long total, boolean last) {

        Cap raised(long other, boolean ends) {
            return new Cap(Math.max(total, other), last || ends);
        }
    }

    /**
     * @param tokens the prompt's
     * @param bound completion tokens that the request and the context allow
     * @param wake makes the engine look at this generation
     */
    LlamaGeneration(
            GenerationRequest request,
            LlamaChat chat,
            int[] tokens,
            Answer answer,
            Output output,
            int bound,
            Runnable wake) {
        this.chat = chat;
        this.sequence = new Sequence(tokens);
        this.prompt = sequence.length();
        this.answer = answer;
        this.output = output;
        this.bound = bound;
        this.logprobs = request.sampling().logprobs().isPresent();
        this.wake = wake;
        this.cap = new AtomicReference<>(new Cap(request.cap(), false));
    }

    @Override
    public long cap(long total, boolean last) {
        long inForce = cap.updateAndGet(now -> now.raised(total, last)).total();
        wake.run();
        return inForce;
    }

    @Override
    public CompletableFuture<End> cancel() {
        cancelled = true;
        wake.run();
        return ended.copy();
    }

    LlamaChat chat() {
        return chat;
    }

    Sequence sequence() {
        return sequence;
    }

    /** Tells the output how long the prompt is. */
    Optional<FinishReason> begin() {
        output.started(prompt, 0);
        return Optional.empty();
    }

    void tookPart(int rows, long now) {
        timing.step(rows, now);
    }

    /** The next token; how the generation ends, if it does with this one. */
    Optional<FinishReason> picked(LlamaContext.Pick pick, long now) {
        if (pick.token() == LlamaContext.NO_TOKEN) {
            throw new IllegalStateException("its sampler failed");
        }
        timing.token(now);
        sequence.append(pick.token());
        answer.token(pick, logprobs);
        if (pick.end()) {
            answer.end(true);
            return Optional.of(answer.calledTools() ? FinishReason.TOOL_CALLS : FinishReason.STOP);
        }
        return answer.stopped() ? Optional.of(FinishReason.STOP) : reachedCap(now);
    }

    /** How the generation ends now, if it does: it was cancelled, or has waited at its cap for too long. Lets it go on if the cap was raised. */
    Optional<FinishReason> review(long now) {
        if (cancelled) {
            return Optional.of(FinishReason.CANCELLED);
        }
        return sequence.paused() ? reachedCap(now) : Optional.empty();
    }

    /** Nanoseconds until {@link #review} has something to say by itself. */
    long patience(long now) {
        return sequence.paused() ? Math.max(0, pausedAt + LONGEST_PAUSE_NANOS - now) : Long.MAX_VALUE;
    }

    /** Tells the output; if that throws, {@link #fail} may follow. */
    void end(FinishReason reason) {
        answer.end(false);
        End end = new End(reason, usage(), timing.meters());
        told = true;
        try {
            output.end(end);
        } finally {
            ended.complete(end);
            chat.close();
        }
    }

    void fail(Fault fault) {
        if (told) {
            return;
        }
        told = true;
        try {
            output.fail(fault, usage());
        } finally {
            ended.completeExceptionally(new IllegalStateException(fault.message()));
            chat.close();
        }
    }

    private Usage usage() {
        return new Usage(prompt, 0, answer.tokens(), answer.reasoningTokens());
    }

    private Optional<FinishReason> reachedCap(long now) {
        Cap inForce = cap.get();
        int tokens = answer.tokens();
        if (tokens >= bound || (tokens >= inForce.total() && inForce.last())) {
            return Optional.of(FinishReason.LENGTH);
        }
        if (tokens < inForce.total()) {
            sequence.pause(false);
            return Optional.empty();
        }
        if (!sequence.paused()) {
            sequence.pause(true);
            pausedAt = now;
        }
        return patience(now) == 0 ? Optional.of(FinishReason.LENGTH) : Optional.empty();
    }
}
