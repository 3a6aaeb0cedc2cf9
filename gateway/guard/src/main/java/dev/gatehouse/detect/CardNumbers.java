package dev.gatehouse.detect;

/** Which sequences of digits are payment card numbers: issuer ranges with their lengths, and the check digit (ISO/IEC 7812-1). */
final class CardNumbers {

    static final int SHORTEST = 12;
    static final int LONGEST = 19;

    /** The issuer is told by this many digits. */
    private static final int PREFIX = 4;

    /** Lengths in use, as bits from {@link #SHORTEST} on, by a 1 followed by the first one to four digits. */
    private static final byte[] LENGTHS = new byte[20_000];

    static {
        issue(4000, 4999, 13, 13); // Visa
        issue(4000, 4999, 16, 16);
        issue(4000, 4999, 19, 19);
        issue(2221, 2720, 16, 16); // Mastercard
        issue(5100, 5599, 16, 16);
        issue(3400, 3499, 15, 15); // American Express
        issue(3700, 3799, 15, 15);
        issue(3000, 3059, 14, 19); // Diners Club
        issue(3095, 3095, 14, 19);
        issue(3600, 3699, 14, 19);
        issue(3800, 3999, 14, 19);
        issue(3528, 3589, 16, 19); // JCB
        issue(5000, 5099, 12, 19); // Maestro, Dankort, Verve, Elo
        issue(5600, 5899, 12, 19);
        issue(6300, 6399, 12, 19);
        issue(6700, 6799, 12, 19);
        issue(6000, 6999, 16, 19); // Discover, UnionPay, RuPay, Hipercard, Maestro
        issue(8100, 8199, 16, 19); // UnionPay, RuPay
        issue(8200, 8299, 16, 16); // RuPay
        issue(2200, 2204, 16, 19); // Mir
        issue(8600, 8600, 16, 16); // Uzcard
        issue(9792, 9792, 16, 16); // Troy
        issue(9860, 9860, 16, 16); // Humo
    }

    private CardNumbers() {}

    private static void issue(int first, int last, int shortest, int longest) {
        int lengths = (1 << (longest - SHORTEST + 1)) - (1 << (shortest - SHORTEST));
        for (int prefix = first; prefix <= last; prefix++) {
            for (int shorter = prefix + 10_000; shorter > 1; shorter /= 10) {
                LENGTHS[shorter] |= (byte) lengths;
            }
        }
    }

    /** The lengths that a number with these first digits can have, as bits; 0 when no issuer has such numbers. */
    static int lengths(byte[] digits, int from, int count) {
        int prefix = 1;
        for (int i = from; i < from + Math.min(count, PREFIX); i++) {
            prefix = prefix * 10 + digits[i];
        }
        return LENGTHS[prefix] & 0xff;
    }

    /** The greatest of some lengths; 0 when there is none. */
    static int longest(int lengths) {
        return lengths == 0 ? 0 : SHORTEST + 31 - Integer.numberOfLeadingZeros(lengths);
    }

    /** Whether these digits are a card number. */
    static boolean valid(byte[] digits, int from, int count) {
        return count >= SHORTEST
                && count <= LONGEST
                && (lengths(digits, from, count) & 1 << (count - SHORTEST)) != 0
                && checks(digits, from, count)
                && !uniform(digits, from, count);
    }

    /** The Luhn formula. */
    private static boolean checks(byte[] digits, int from, int count) {
        int sum = 0;
        for (int i = from + count - 1, place = 0; i >= from; i--, place++) {
            int value = digits[i] << (place & 1);
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }

    private static boolean uniform(byte[] digits, int from, int count) {
        for (int i = from + 1; i < from + count; i++) {
            if (digits[i] != digits[from]) {
                return false;
            }
        }
        return true;
    }
}
