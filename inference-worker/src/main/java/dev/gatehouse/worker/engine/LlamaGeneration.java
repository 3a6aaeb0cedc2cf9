package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.llama.LlamaChat;
import dev.gatehouse.worker.llama.LlamaContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** One request of the llama engine, with one or several choices. {@link #cap} and {@link #cancel} from any thread, all else on the engine's. */
final class LlamaGeneration implements Generation {

    private static final Duration LONGEST_NANOS = Duration.ofNanos(Long.MAX_VALUE);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<LlamaChoice> choices = new ArrayList<>();
    private final List<LlamaChoice> live = new ArrayList<>();
    private final BlockTier tier;
    private final StoredPrompt stored;
    private final Output output;
    private final int[] prompt;
    private final Caller caller;
    private final Begun begun;
    private final int bound;
    private final boolean logprobs;
    private final Metering metering;
    private final Runnable wake;
    private final AtomicReference<Cap> cap;
    private final CompletableFuture<End> ended = new CompletableFuture<>();
    private volatile boolean cancelled;
    private final Timing timing = new Timing(System.nanoTime());
    private FinishReason reason = FinishReason.STOP;
    private boolean paused;
    private long pausedAt;
    private boolean told;
    private boolean replaying;
    private boolean toldTooLittle;
    private Optional<FinishReason> over = Optional.empty();

    private record Cap(long total, boolean last) {

        Cap raised(long other, boolean ends) {
            return new Cap(Math.max(total, other), last || ends);
        }
    }

    /** How a choice ends. */
    record Ending(LlamaChoice choice, FinishReason reason) {}

    /** Makes the reader of one choice's tokens. */
    interface Reading {
        Answer of(LlamaChat chat, Consumer<Chunk> output);
    }

    /**
     * @param prompt its tokens
     * @param bound completion tokens of each choice that the request and the context allow
     * @param metering says what it has cost
     * @param wake makes the engine look at this generation
     */
    LlamaGeneration(
            GenerationRequest request,
            int[] prompt,
            BlockTier tier,
            Output output,
            int bound,
            Metering metering,
            Runnable wake) {
        this.tier = tier;
        this.stored = tier.prompt(request.caller(), prompt);
        this.output = output;
        this.prompt = prompt;
        this.caller = request.caller();
        this.begun = request.begun();
        this.bound = bound;
        this.logprobs = request.sampling().logprobs().isPresent();
        this.metering = metering;
        this.wake = wake;
        this.cap = new AtomicReference<>(new Cap(request.cap(), false));
    }

    /** Before it is handed to the engine. */
    void add(LlamaChat chat, Reading reading) {
        int index = choices.size();
        Answer answer = reading.of(chat, new Unseen(begun, chunk -> show(chunk.of(index, tokens()))));
        Sequence sequence = new Sequence(prompt, caller, bound);
        sequence.stored(stored);
        LlamaChoice choice = new LlamaChoice(this, index, chat, sequence, answer, tier.saver(caller), bound, logprobs);
        choices.add(choice);
        live.add(choice);
    }

    /**
     * Reads what the only choice begins with; before it is handed to the engine.
     *
     * @param ends tokens that end an answer
     * @throws RefusedException the tokens are not such a beginning
     */
    void replay(Set<Integer> ends) throws RefusedException {
        LlamaChoice choice = choices.getFirst();
        replaying = true;
        over = choice.replay(begun.ids(), ends);
        replaying = false;
        if (toldTooLittle || choice.tokens() < begun.ids().length) {
            throw Refusals.notSuchABeginning();
        }
    }

    private void show(Chunk chunk) {
        if (replaying) {
            toldTooLittle = true;
        } else {
            output.chunk(chunk);
        }
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

    /** What the KV store has of its prompt. */
    StoredPrompt stored() {
        return stored;
    }

    List<LlamaChoice> choices() {
        return choices;
    }

    /** Before a step; tells the output before the first one what the cache knows of the prompt. */
    List<Ending> tookPart(int rows, long now) {
        if (timing.step(rows, now)) {
            output.started(prompt.length, cached());
        }
        return List.of();
    }

    /** The next token of a choice; how the choice ends, if it does with this one. */
    List<Ending> picked(LlamaChoice choice, LlamaContext.Pick pick, long now) {
        if (pick.token() != LlamaContext.NO_TOKEN) {
            timing.token(now);
        }
        return choice.picked(pick).map(reason -> new Ending(choice, reason)).stream()
                .toList();
    }

    /** How choices end now, if they do: the answer was complete from its beginning, it was cancelled, or its cap is the last or was not raised in time. Else lets as many go on as the cap has tokens for. */
    List<Ending> review(long now) {
        if (over.isPresent()) {
            return all(over.get());
        }
        if (cancelled) {
            return all(FinishReason.CANCELLED);
        }
        Cap inForce = cap.get();
        long left = inForce.total() - tokens();
        if (left > 0) {
            goOn(left);
            return List.of();
        }
        if (inForce.last()) {
            return all(FinishReason.LENGTH);
        }
        pause(now);
        return patience(now) == 0 ? all(FinishReason.LENGTH) : List.of();
    }

    private List<Ending> all(FinishReason reason) {
        return live.stream().map(choice -> new Ending(choice, reason)).toList();
    }

    /** The first choices first: they are the oldest of their sequences, which keep their KV cache when it is full. */
    private void goOn(long left) {
        paused = false;
        for (int i = 0; i < live.size(); i++) {
            Sequence sequence = live.get(i).sequence();
            sequence.pause(false);
            sequence.hold(i >= left);
        }
    }

    private void pause(long now) {
        if (!paused) {
            paused = true;
            pausedAt = now;
            live.forEach(choice -> choice.sequence().pause(true));
        }
    }

    /** Nanoseconds until {@link #review} has something to say by itself. */
    long patience(long now) {
        return paused ? Math.max(0, pausedAt + LONGEST_PAUSE_NANOS - now) : Long.MAX_VALUE;
    }

    /** Nanoseconds until its deadline. */
    long timeLeft(Instant now) {
        return caller.deadline()
                .map(deadline -> Math.max(0, saturatedNanos(Duration.between(now, deadline))))
                .orElse(Long.MAX_VALUE);
    }

    private static long saturatedNanos(Duration duration) {
        return duration.compareTo(LONGEST_NANOS) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    /** Tells the output; if that throws, {@link #fail} may follow. */
    void end(Ending ending) {
        LlamaChoice choice = ending.choice();
        choice.end();
        reason = End.reason(reason, choice.index(), ending.reason());
        if (ending.reason() != FinishReason.CANCELLED) {
            output.finished(choice.index(), ending.reason(), tokens());
        }
        live.remove(choice);
        choice.close();
        if (live.isEmpty()) {
            end();
        }
    }

    private void end() {
        End end = new End(reason, usage(), meters());
        told = true;
        stored.close();
        try {
            output.end(end);
        } finally {
            ended.complete(end);
        }
    }

    void fail(Fault fault) {
        if (told) {
            return;
        }
        told = true;
        try {
            output.fail(fault, usage(), meters());
        } finally {
            ended.completeExceptionally(new IllegalStateException(fault.message()));
            close();
        }
    }

    /** Frees what the engine has not taken. */
    void close() {
        stored.close();
        live.forEach(LlamaChoice::close);
        live.clear();
    }

    private int tokens() {
        return sum(LlamaChoice::tokens);
    }

    private Meters meters() {
        return timing.meters(metering.cost(
                choices.stream().map(choice -> choice.sequence().account()).toList()));
    }

    private Usage usage() {
        return new Usage(prompt.length, cached(), tokens(), sum(LlamaChoice::reasoningTokens));
    }

    /** The least that a choice found: one of them has computed the rest for all. */
    private int cached() {
        return choices.stream()
                .map(LlamaChoice::sequence)
                .filter(Sequence::served)
                .mapToInt(sequence -> Math.min(sequence.cached(), prompt.length))
                .min()
                .orElse(0);
    }

    private int sum(ToIntFunction<LlamaChoice> of) {
        int sum = 0;
        for (LlamaChoice choice : choices) {
            sum += of.applyAsInt(choice);
        }
        return sum;
    }
}
