package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.engine.EchoScript.Hold;
import dev.gatehouse.worker.engine.EchoToken.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One generation of the echo engine. {@code cap}, {@code capIsLast}, {@code cancelled} and {@code pauseEnds} are guarded
 * by the engine's lock; the rest belongs to the engine's thread.
 */
final class EchoSequence {

    static final long CAP_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);
    static final long HOLD_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** What of one choice has been said. */
    private static final class Choice {
        private int made;
        private int unshown;
        private boolean toolOpened;
    }

    /** What the next step does with a sequence. */
    sealed interface Move {
        record Wait(long until) implements Move {}

        record Emit() implements Move {}

        record Finish(FinishReason reason) implements Move {}
    }

    private static final Move EMIT = new Move.Emit();

    private final Output output;
    private final EchoPlan plan;
    private final EchoScript script;
    private final int prompt;
    private final boolean logprobs;
    private final int alternatives;
    private final long acceptedAt;
    private final CompletableFuture<End> ended = new CompletableFuture<>();

    private long cap;
    private boolean capIsLast;
    private boolean cancelled;

    private final Choice[] choices;
    private int made;
    private int reasoning;
    private boolean held;
    private long holdEnds;
    private long pauseEnds;
    private long dueAt;
    private long firstStepAt;
    private long firstTokenAt;
    private long lastTokenAt;
    private long steps;
    private long rows;

    EchoSequence(GenerationRequest request, Output output, EchoScript script, EchoPlan plan, int prompt, long now) {
        this.output = output;
        this.choices = new Choice[request.choices()];
        Arrays.setAll(choices, index -> new Choice());
        this.plan = plan;
        this.script = script;
        this.prompt = prompt;
        this.logprobs = request.sampling().logprobs().isPresent();
        this.alternatives = request.sampling().logprobs().orElse(0);
        this.cap = request.cap();
        this.acceptedAt = now;
        begin(plan.tokens().subList(0, request.begun().ids().length));
    }

    /** The first choice has said this already. */
    private void begin(List<EchoToken> said) {
        made = said.size();
        choices[0].made = made;
        choices[0].toolOpened = said.stream().anyMatch(token -> token.channel() == Channel.TOOL);
        reasoning = (int) said.stream()
                .filter(token -> token.channel() == Channel.REASONING)
                .count();
    }

    CompletableFuture<End> ended() {
        return ended;
    }

    long raiseCap(long total, boolean last) {
        if (total > cap) {
            cap = total;
            pauseEnds = 0;
        }
        capIsLast |= last;
        return cap;
    }

    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    void start(long now) {
        firstStepAt = now;
        dueAt = now;
        output.started(prompt, 0);
    }

    int kvUsed() {
        return prompt + made;
    }

    Move next(long now) {
        if (cancelled) {
            return new Move.Finish(FinishReason.CANCELLED);
        }
        if (now < dueAt) {
            return new Move.Wait(dueAt);
        }
        if (made == 0 && mustHold(Hold.FIRST, now)) {
            return new Move.Wait(holdEnds);
        }
        return isComplete() ? atTheEnd(now) : beforeTheNext(now);
    }

    private boolean isComplete() {
        return made == plan.tokens().size() * choices.length;
    }

    private Move atTheEnd(long now) {
        return mustHold(Hold.USAGE, now) ? new Move.Wait(holdEnds) : new Move.Finish(plan.reason());
    }

    private Move beforeTheNext(long now) {
        if (made < cap) {
            return EMIT;
        }
        if (capIsLast) {
            return new Move.Finish(FinishReason.LENGTH);
        }
        if (pauseEnds == 0) {
            pauseEnds = now + CAP_PAUSE_NANOS;
        }
        return now < pauseEnds ? new Move.Wait(pauseEnds) : new Move.Finish(FinishReason.LENGTH);
    }

    private boolean mustHold(Hold where, long now) {
        if (script.hold() != where || held) {
            return false;
        }
        if (holdEnds == 0) {
            holdEnds = now + HOLD_NANOS;
        }
        held = now >= holdEnds;
        return !held;
    }

    void emit(long now, int rowsOfStep) {
        if (script.hold() == Hold.HANG) {
            hang();
        }
        steps++;
        rows += rowsOfStep;
        int index = made++ % choices.length;
        Choice choice = choices[index];
        EchoToken token = plan.tokens().get(choice.made++);
        if (token.channel() == Channel.REASONING) {
            reasoning++;
        }
        firstTokenAt = firstTokenAt == 0 ? now : firstTokenAt;
        lastTokenAt = now;
        dueAt = isComplete() ? now : now + paceNanos();
        if (token.shown()) {
            output.chunk(chunk(index, token.channel(), token.text()));
            choice.unshown = 0;
        } else {
            choice.unshown++;
        }
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Chunk chunk(int index, Channel channel, String text) {
        Choice choice = choices[index];
        List<EchoToken> added =
                plan.tokens().subList(choice.made - Math.min(choice.made, choice.unshown + 1), choice.made);
        int[] ids = added.stream().mapToInt(EchoToken::id).toArray();
        return new Chunk(
                index,
                made,
                ids,
                channel == Channel.CONTENT ? text : "",
                channel == Channel.REASONING ? text : "",
                channel == Channel.TOOL ? List.of(toolDelta(index, text)) : List.of(),
                logprobs && channel == Channel.CONTENT
                        ? added.stream().map(this::certain).toList()
                        : List.of());
    }

    private ToolCallDelta toolDelta(int index, String arguments) {
        boolean opens = !choices[index].toolOpened;
        choices[index].toolOpened = true;
        return new ToolCallDelta(0, opens ? "call_" + (index + 1) : "", opens ? plan.toolName() : "", arguments);
    }

    /** A script leaves no choice: each token has probability 1. */
    private TokenLogprob certain(EchoToken token) {
        return new TokenLogprob(
                token.bytes(),
                0,
                alternatives == 0 ? List.of() : List.of(new TokenLogprob.Alternative(token.bytes(), 0)));
    }

    void finish(FinishReason reason, long now) {
        for (int index = 0; index < choices.length; index++) {
            showTheRest(index);
            if (reason != FinishReason.CANCELLED) {
                boolean whole = choices[index].made == plan.tokens().size();
                output.finished(index, whole ? plan.reason() : reason, made);
            }
        }
        End end = new End(reason, usage(), meters(now));
        output.end(end);
        ended.complete(end);
    }

    /** Ids of a character that will never be complete. */
    private void showTheRest(int index) {
        if (choices[index].unshown > 0) {
            choices[index].unshown--;
            output.chunk(chunk(index, Channel.REASONING, ""));
        }
    }

    void fail(Fault fault) {
        output.fail(fault, usage(), meters(System.nanoTime()));
        ended.completeExceptionally(new IllegalStateException(fault.message()));
    }

    private Usage usage() {
        return new Usage(prompt, 0, made, reasoning);
    }

    private Meters meters(long now) {
        long firstStep = firstStepAt == 0 ? now : firstStepAt;
        long firstToken = firstTokenAt == 0 ? now : firstTokenAt;
        double prefill = millis(firstToken - firstStep);
        double decode = made == 0 ? 0 : millis(lastTokenAt - firstTokenAt);
        double stepRows = steps == 0 ? 0 : rows / (double) steps;
        return new Meters(millis(firstStep - acceptedAt), prefill, decode, stepRows, cost(prefill + decode, stepRows));
    }

    /** As if those who were served at the same time had shared it evenly. */
    private static Cost cost(double millis, double stepRows) {
        return new Cost(millis / Math.max(1, stepRows), 0, 0, OptionalDouble.empty(), OptionalDouble.empty());
    }

    private long paceNanos() {
        return TimeUnit.MILLISECONDS.toNanos(script.paceMs());
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
