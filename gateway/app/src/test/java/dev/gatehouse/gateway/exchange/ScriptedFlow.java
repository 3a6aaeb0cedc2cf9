package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.backend.Turn;
import dev.gatehouse.gateway.quota.Grant;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A flow that takes the turns it is given, and tells what it is asked to do. */
final class ScriptedFlow implements Flow {

    private final Deque<Turn> turns;
    private Consumer<String> events = event -> {};
    private long firstTokenNanos;
    private boolean asked = true;
    private Runnable onGrant = () -> {};
    private Runnable onRelease = () -> {};

    private ScriptedFlow(List<Turn> turns) {
        this.turns = new ArrayDeque<>(turns);
    }

    static ScriptedFlow of(Turn... turns) {
        return new ScriptedFlow(List.of(turns));
    }

    ScriptedFlow firstTokenAt(long nanos) {
        firstTokenNanos = nanos;
        return this;
    }

    /** The work never left the gateway. */
    ScriptedFlow unasked() {
        asked = false;
        return this;
    }

    ScriptedFlow onGrant(Runnable action) {
        onGrant = action;
        return this;
    }

    ScriptedFlow onRelease(Runnable action) {
        onRelease = action;
        return this;
    }

    ScriptedFlow telling(Consumer<String> listener) {
        events = listener;
        return this;
    }

    @Override
    public Turn await() {
        return turns.removeFirst();
    }

    @Override
    public void grant(Grant grant) {
        events.accept("grant " + grant.total());
        onGrant.run();
    }

    @Override
    public Usage stop(Cause why) {
        events.accept("stop " + why);
        return Samples.PART;
    }

    @Override
    public boolean asked() {
        return asked;
    }

    @Override
    public void release() {
        events.accept("release");
        onRelease.run();
    }

    @Override
    public void fail(Problem problem) {
        events.accept("fail " + problem.code());
    }

    @Override
    public long firstTokenNanos() {
        return firstTokenNanos;
    }
}
