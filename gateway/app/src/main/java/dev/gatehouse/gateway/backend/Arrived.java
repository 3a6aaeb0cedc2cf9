package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Span;
import java.util.Arrays;
import java.util.Optional;

/** Gathers the tokens of an answer as its frames arrive, and counts their text. Not thread-safe. */
final class Arrived {

    private int[] ids;
    private int count;
    private long characters;

    Arrived() {
        ids = new int[64];
    }

    /** Goes on from what has arrived of the same answer before. */
    Arrived(Transcript before) {
        ids = before.ids();
        count = ids.length;
        characters = before.characters();
    }

    void add(Span span) {
        append(span.ids());
        for (Delta delta : span.deltas()) {
            characters += characters(delta);
        }
    }

    /**
     * All of it; empty if the upstream does not tell every token.
     *
     * @param at completion tokens that the upstream has counted
     */
    Optional<Transcript> transcript(long at, Filters filters, long firstTokenNanos) {
        return count > 0 && count == at
                ? Optional.of(new Transcript(Arrays.copyOf(ids, count), characters, filters, firstTokenNanos))
                : Optional.empty();
    }

    private void append(int[] more) {
        if (count + more.length > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(ids.length * 2, count + more.length));
        }
        System.arraycopy(more, 0, ids, count, more.length);
        count += more.length;
    }

    private static int characters(Delta delta) {
        return switch (delta) {
            case Delta.Text(var channel, String text) -> text.length();
            case Delta.Reasoning(var channel, String text) -> text.length();
            case Delta.ToolCall call -> call.name().length() + call.arguments().length();
            case Delta.Marks marks -> 0;
            case Delta.Finish finish -> 0;
        };
    }
}
