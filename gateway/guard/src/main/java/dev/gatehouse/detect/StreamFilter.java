package dev.gatehouse.detect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Text that arrives in pieces, without its findings: however it is split, the pieces that come out make up the same text. Holds
 * back only the end of the text that may still become part of a finding. Not thread-safe.
 */
public final class StreamFilter {

    /** In place of a number of a JSON document, so that it stays a document. */
    private static final String NUMBER_MASK = "0";

    private final Detector detector;
    private final @Nullable JsonEscapes document;
    private final CharSink source;
    private final Remedy remedy;
    private final Consumer<Finding> seen;
    private final Deque<Finding> found = new ArrayDeque<>(2);
    private final StringBuilder held = new StringBuilder();
    private long released;
    private boolean stopped;

    /** What becomes of a finding. */
    public enum Remedy {
        /** Its mask stands in its place. */
        MASK,
        /** The text ends before it. */
        STOP
    }

    /** How the text is written. */
    public enum Notation {
        PLAIN,
        /** A JSON document: findings hide in escapes too, and masks keep it one. */
        JSON
    }

    /**
     * Makes a filter.
     *
     * @param rule makes the detector, which reports to the given consumer
     * @param seen is told of each finding
     */
    public StreamFilter(
            Function<Consumer<Finding>, Detector> rule, Notation notation, Remedy remedy, Consumer<Finding> seen) {
        this.remedy = remedy;
        this.seen = seen;
        this.detector = rule.apply(this::found);
        this.document = notation == Notation.JSON ? new JsonEscapes(detector) : null;
        this.source = document == null ? detector : document;
    }

    /** Takes the next piece and gives back what may leave now: the piece itself when it is all of it and nothing else. */
    public String feed(String piece) {
        if (stopped) {
            return "";
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

    /** Whether the text has ended before a finding; all that follows is swallowed. */
    public boolean stopped() {
        return stopped;
    }

    private void found(Finding finding) {
        seen.accept(finding);
        found.add(document == null || document.quoted() ? finding : number(finding));
    }

    private static Finding number(Finding finding) {
        return new Finding(finding.rule(), finding.from(), finding.to(), NUMBER_MASK);
    }

    private String release(String piece) {
        long settled = detector.settled();
        if (held.isEmpty() && found.isEmpty() && settled == released + piece.length()) {
            released = settled;
            return piece;
        }
        held.append(piece);
        StringBuilder out = new StringBuilder();
        while (!found.isEmpty() && !stopped) {
            replace(found.remove(), out);
        }
        if (stopped) {
            held.setLength(0);
        } else {
            leave(settled, out);
        }
        return out.toString();
    }

    private void replace(Finding finding, StringBuilder out) {
        leave(finding.from(), out);
        if (remedy == Remedy.STOP) {
            stopped = true;
            return;
        }
        out.append(finding.mask());
        held.delete(0, (int) (finding.to() - released));
        released = finding.to();
    }

    private void leave(long until, StringBuilder out) {
        int length = (int) (until - released);
        out.append(held, 0, length);
        held.delete(0, length);
        released = until;
    }
}
