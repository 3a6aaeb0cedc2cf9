package dev.gatehouse.detect;

import java.util.function.Consumer;

/**
 * What follows the beginning by which a credential is told. The beginning is no secret and passes, so that nothing is held before it
 * is complete. A long one is reported in pieces, so that it need not be held.
 */
abstract class Tail {

    /** Characters of a piece. */
    private static final int PIECE = 64;

    private static final String MASK = "[secret]";

    private final Kind kind;
    private final Consumer<Finding> findings;

    /** The part that is found and not yet reported, if it is not empty; else all from here on is undecided. */
    private long from;

    private long to;
    private int unreported;
    private boolean begun;

    /** What a character is to the credential. */
    enum Place {
        /** It is one if what follows says so. */
        PERHAPS,
        /** It is one, up to here. */
        WITHIN,
        /** Not of it, but one may begin after. */
        BESIDE,
        /** It ended before this, if it was one. */
        AFTER
    }

    /** Begins at a position, after the beginning. */
    Tail(Kind kind, long at, Consumer<Finding> findings) {
        this.kind = kind;
        this.findings = findings;
        this.from = at;
        this.to = at;
    }

    abstract Place next(int c);

    /** The beginning has come again while this goes on. */
    void again() {}

    /** Takes the next character; false when it is not of the credential, which has ended. */
    final boolean take(int c, long end) {
        switch (next(c)) {
            case PERHAPS -> report();
            case WITHIN -> within(end);
            case BESIDE -> beside(end);
            case AFTER -> {
                report();
                return false;
            }
        }
        return true;
    }

    final void end() {
        report();
    }

    /** Where the text begins that is undecided. */
    final long from() {
        return from;
    }

    private void within(long end) {
        to = end;
        if (++unreported == PIECE) {
            report();
        }
    }

    private void beside(long end) {
        report();
        begun = false;
        from = end;
        to = end;
    }

    private void report() {
        if (to > from) {
            findings.accept(new Finding(kind, from, to, begun ? "" : MASK));
            from = to;
            begun = true;
            unreported = 0;
        }
    }
}
