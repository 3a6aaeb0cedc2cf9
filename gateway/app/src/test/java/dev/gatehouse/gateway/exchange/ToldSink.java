package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Standing;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A client of which only its errors matter here: all else goes through a flow. */
record ToldSink(Consumer<String> events) implements Sink {

    @Override
    public Executor loop() {
        return Runnable::run;
    }

    @Override
    public void standing(Standing standing) {
        standing.requests().ifPresent(room -> events.accept("standing " + room.remaining()));
    }

    @Override
    public void fail(Problem problem) {
        events.accept("client " + problem.code());
    }

    @Override
    public void spans(List<Span> spans) {
        throw new AssertionError("a story writes nothing by itself");
    }

    @Override
    public boolean restart() {
        return false;
    }

    @Override
    public void end(Reason reason, Usage usage) {
        throw new AssertionError("a story ends no answer by itself");
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void onWritable(Runnable action) {
        action.run();
    }

    @Override
    public void onGone(Consumer<Cause> action) {}
}
