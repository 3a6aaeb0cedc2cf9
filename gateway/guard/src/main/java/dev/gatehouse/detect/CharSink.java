package dev.gatehouse.detect;

/** Takes decoded text, one UTF-16 unit at a time. */
public interface CharSink {

    /**
     * Takes the next unit.
     *
     * @param width how far it moves the position in the text as it was written: 6 for an escape such as {@code \}{@code u0034};
     *     0 for the second half of a pair whose first half had the width of both
     */
    void accept(char unit, int width);

    /** The text has ended here; what follows is another text. */
    void finish();
}
