package dev.gatehouse.detect;

/** What a character is to a number that people or models write. */
final class Glyphs {

    private static final int VARIATION_SELECTOR_1 = 0xFE00;
    private static final int VARIATION_SELECTOR_16 = 0xFE0F;
    private static final int VARIATION_SELECTOR_17 = 0xE0100;
    private static final int VARIATION_SELECTOR_256 = 0xE01EF;
    private static final int GRAPHEME_JOINER = 0x034F;

    private Glyphs() {}

    /** The value of a decimal digit of any script; -1 for all else. */
    static int digit(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint >= '0' && codePoint <= '9' ? codePoint - '0' : -1;
        }
        return Character.digit(codePoint, 10);
    }

    /** Whether it may stand, once, between two digits of a number. */
    static boolean separates(int codePoint) {
        return switch (codePoint) {
            case ' ', '-', '.', '_', '/', 0x00B7, 0x2212, 0xFE63, 0xFF0D, 0xFF0E -> true;
            default ->
                codePoint >= 0x80
                        && (Character.getType(codePoint) == Character.SPACE_SEPARATOR
                                || Character.getType(codePoint) == Character.DASH_PUNCTUATION);
        };
    }

    /** Whether a reader does not see it: zero-width and bidirectional controls, soft hyphens, tags, variation selectors. */
    static boolean invisible(int codePoint) {
        return codePoint >= 0x80
                && (Character.getType(codePoint) == Character.FORMAT
                        || codePoint == GRAPHEME_JOINER
                        || codePoint >= VARIATION_SELECTOR_1 && codePoint <= VARIATION_SELECTOR_16
                        || codePoint >= VARIATION_SELECTOR_17 && codePoint <= VARIATION_SELECTOR_256);
    }
}
