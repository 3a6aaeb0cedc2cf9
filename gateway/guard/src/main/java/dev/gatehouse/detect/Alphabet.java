package dev.gatehouse.detect;

/** A set of ASCII characters: bit {@code c} of two words. */
record Alphabet(long low, long high) {

    static final Alphabet DIGITS = of("0123456789");
    static final Alphabet UPPER = of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    static final Alphabet LOWER = of("abcdefghijklmnopqrstuvwxyz");
    static final Alphabet LETTERS = UPPER.and(LOWER);
    static final Alphabet BASE62 = LETTERS.and(DIGITS);
    static final Alphabet BASE64 = BASE62.and(of("+/="));
    static final Alphabet BASE64_URL = BASE62.and(of("-_"));

    static Alphabet of(String characters) {
        long low = 0;
        long high = 0;
        for (char c : characters.toCharArray()) {
            if (c < 64) {
                low |= 1L << c;
            } else {
                high |= 1L << c;
            }
        }
        return new Alphabet(low, high);
    }

    Alphabet and(Alphabet more) {
        return new Alphabet(low | more.low, high | more.high);
    }

    boolean has(int c) {
        return c < 128 && ((c < 64 ? low : high) >>> c & 1) != 0;
    }
}
