package dev.gatehouse.detect;

/**
 * Text that perhaps must not pass.
 *
 * @param from position of its first character
 * @param to one past its last character
 * @param mask what to write instead: ASCII without quotation marks, backslashes and control characters, and no finding itself; empty
 *     for text that belongs to the finding directly before
 */
public record Finding(Kind kind, long from, long to, String mask) {

    /** Whether this is more of the finding directly before. */
    public boolean goesOn() {
        return mask.isEmpty();
    }
}
