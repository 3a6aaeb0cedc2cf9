package dev.gatehouse.detect;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Text that arrives in pieces, without what must not pass: however it is split, the pieces that come out make up the same text. Holds
 * back only the end of the text that may still become part of a finding. Not thread-safe.
 */
public final class StreamFilter {

    /** In place of a number of a JSON document, so that it stays a document. */
    private static final String NUMBER_MASK = "0";

    private final Sweep sweep;
    private final @Nullable JsonEscapes document;
    private final CharSink source;
    private final Remedies remedies;
    private final Consumer<Finding> seen;
    private final Sequence found = new Sequence();
    private final StringBuilder held = new StringBuilder();
    private long released;

    /** The end of the latest mask: the text before it does not leave. */
    private long masked;

    /** The first finding before which the text is to end. */
    private @Nullable Finding last;

    private boolean stopped;

    /** How the text is written. */
    public enum Notation {
        PLAIN,
        /** A JSON document: findings hide in escapes too, and masks keep it one. */
        JSON
    }

    /**
     * Makes a filter.
     *
     * @param seen is told of each finding, once however long it is, but of none behind one that ends the text
     */
    public StreamFilter(Notation notation, Remedies remedies, Consumer<Finding> seen) {
        this.remedies = remedies;
        this.seen = seen;
        this.sweep = new Sweep(remedies.held(), this::found);
        this.document = notation == Notation.JSON ? new JsonEscapes(sweep) : null;
        this.source = document == null ? sweep : document;
    }

    /** Takes the next piece and gives back what may leave now: the piece itself when it is all of it and nothing else. */
    public String feed(String piece) {
        if (stopped) {
            return "";
        }
        if (piece.isEmpty()) {
            return piece;
        }
        for (int i = 0; i < piece.length(); i++) {
            source.accept(piece.charAt(i), 1);
        }
        return release(piece);
    }

    /** The text has ended: gives back what was held. */
    public String finish() {
        if (stopped) {
            return "";
        }
        source.finish();
        return release("");
    }

    /** Whether text is held back. */
    public boolean holds() {
        return !held.isEmpty();
    }

    /** The finding before which the text has ended; all that follows is swallowed. */
    public Optional<Finding> stop() {
        return stopped ? Optional.ofNullable(last) : Optional.empty();
    }

    private void found(Finding finding) {
        if (last != null && finding.from() >= last.from()) {
            return;
        }
        if (!finding.goesOn()) {
            seen.accept(finding);
        }
        switch (remedies.of(finding.kind())) {
            case OBSERVE -> {}
            case MASK -> found.add(fitting(finding));
            case BLOCK -> last = finding;
        }
    }

    private Finding fitting(Finding finding) {
        return document == null || document.quoted() || finding.goesOn()
                ? finding
                : new Finding(finding.kind(), finding.from(), finding.to(), NUMBER_MASK);
    }

    private String release(String piece) {
        long settled = sweep.settled();
        stopped = last != null && last.from() < settled;
        if (held.isEmpty()
                && found.isEmpty()
                && !stopped
                && masked <= released
                && settled == released + piece.length()) {
            released = settled;
            return piece;
        }
        held.append(piece);
        StringBuilder out = new StringBuilder();
        write(stopped && last != null ? last.from() : settled, out);
        if (stopped) {
            held.setLength(0);
        }
        return out.toString();
    }

    private void write(long until, StringBuilder out) {
        for (Finding next = found.next(until); next != null; next = found.next(until)) {
            leave(Math.min(next.from(), until), out);
            out.append(next.mask());
            masked = next.to();
        }
        leave(until, out);
    }

    /** Lets go of the text up to a position; what is masked does not leave. */
    private void leave(long until, StringBuilder out) {
        int covered = (int) (Math.clamp(masked, released, until) - released);
        int length = (int) (until - released);
        out.append(held, covered, length);
        held.delete(0, length);
        released = until;
    }
}
