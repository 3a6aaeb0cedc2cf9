package dev.gatehouse.detect;

/** Looks for one kind of text and reports each {@link Finding} as soon as no further character can change it; not thread-safe. */
interface Detector {

    /**
     * Takes the next character.
     *
     * @param codePoint a half of a pair where it stands alone
     * @param from its position
     * @param to the position after it
     */
    void take(int codePoint, long from, long to);

    /** The text has ended here; what follows is another text. */
    void end();

    /** All text before this position is decided, given the position now: the findings that begin there have been reported. */
    long settled(long position);
}
