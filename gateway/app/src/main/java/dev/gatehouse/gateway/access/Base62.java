package dev.gatehouse.gateway.access;

/** The digits {@code 0-9A-Za-z}, in that order of value. */
final class Base62 {

    static final int RADIX = 62;

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Base62() {}

    static char digit(int value) {
        return DIGITS.charAt(value);
    }

    static boolean isDigit(int character) {
        return character >= '0' && character <= '9'
                || character >= 'A' && character <= 'Z'
                || character >= 'a' && character <= 'z';
    }

    /** The number, highest digit first, filled up with zeros on the left to {@code width} digits. */
    static String encode(long number, int width) {
        char[] digits = new char[width];
        long rest = number;
        for (int i = width - 1; i >= 0; i--) {
            digits[i] = digit((int) (rest % RADIX));
            rest /= RADIX;
        }
        return new String(digits);
    }
}
