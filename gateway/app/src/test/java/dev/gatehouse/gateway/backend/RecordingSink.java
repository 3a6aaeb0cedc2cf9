package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Standing;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A sink that keeps what it was told; runs its loop's work at once. */
final class RecordingSink implements Sink {

    final List<String> written = new ArrayList<>();
    private @Nullable Consumer<Cause> action;
    private @Nullable Cause cause;

    @Override
    public Executor loop() {
        return Runnable::run;
    }

    @Override
    public void standing(Standing standing) {
        throw new AssertionError("an upstream knows of no limits");
    }

    @Override
    public void spans(List<Span> spans) {
        spans.forEach(span -> span.deltas().forEach(delta -> written.add(text(delta))));
    }

    @Override
    public boolean restart() {
        return written.isEmpty();
    }

    @Override
    public void end(Reason reason, Usage usage) {
        written.add("end " + reason + " " + usage.completion());
    }

    @Override
    public void fail(Problem problem) {
        written.add("fail " + problem.code());
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void onWritable(Runnable then) {
        then.run();
    }

    @Override
    public void onGone(Consumer<Cause> then) {
        action = then;
        if (cause != null) {
            then.accept(cause);
        }
    }

    void leave() {
        cause = Cause.CLIENT_GONE;
        if (action != null) {
            action.accept(cause);
        }
    }

    private static String text(Delta delta) {
        return switch (delta) {
            case Delta.Text(var channel, String text) -> text;
            case Delta.Reasoning(var channel, String text) -> "<" + text + ">";
            case Delta.ToolCall call -> call.arguments();
            case Delta.Marks marks -> "marks";
            case Delta.Finish(var channel, Reason reason) -> "finish " + reason;
        };
    }
}
