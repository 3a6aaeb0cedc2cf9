package dev.gatehouse.detect;

/** What may be an IBAN after its country's code: two check digits and an account number, with single separators between. */
final class Iban {

    private static final int CHECK_DIGITS = 2;
    private static final int SHOWN = 4;

    /** Letters count from here on. */
    private static final int TEN = 10;

    private String account = "";
    private int country;
    private int check;
    private int count;
    private int remainder;
    private boolean separated;
    private final char[] tail = new char[SHOWN];
    private long from;

    /** What a character makes of it. */
    enum State {
        OPEN,
        WHOLE,
        BROKEN
    }

    /** Begins after a country's code, given how its account numbers are made up. */
    void begin(String accounts, int first, int second, long at) {
        account = accounts;
        country = value(first) * 100 + value(second);
        check = 0;
        count = 0;
        remainder = 0;
        separated = false;
        from = at;
    }

    /** Where the check digits begin. */
    long from() {
        return from;
    }

    String mask() {
        return "[IBAN ****" + new String(tail) + "]";
    }

    State take(int codePoint) {
        int digit = Glyphs.digit(codePoint);
        if (digit >= 0) {
            return digit(digit);
        }
        if (Alphabet.LETTERS.has(codePoint)) {
            return letter(codePoint);
        }
        boolean broken = separated || count < CHECK_DIGITS || !Glyphs.separates(codePoint);
        separated = true;
        return broken ? State.BROKEN : State.OPEN;
    }

    private State digit(int digit) {
        if (count < CHECK_DIGITS) {
            check = check * 10 + digit;
        } else if (account.charAt(count - CHECK_DIGITS) == 'a') {
            return State.BROKEN;
        } else {
            remainder = (remainder * 10 + digit) % 97;
        }
        return grown((char) ('0' + digit));
    }

    private State letter(int letter) {
        if (count < CHECK_DIGITS || account.charAt(count - CHECK_DIGITS) == 'n') {
            return State.BROKEN;
        }
        remainder = (remainder * 100 + value(letter)) % 97;
        return grown((char) (letter & ~0x20));
    }

    private State grown(char shown) {
        tail[count++ % SHOWN] = shown;
        separated = false;
        if (count < CHECK_DIGITS + account.length()) {
            return State.OPEN;
        }
        return checks() ? whole() : State.BROKEN;
    }

    /** ISO 7064, MOD 97-10: the account number, then the country and the check digits. */
    private boolean checks() {
        return (remainder * 1_000_000 + country * 100 + check) % 97 == 1;
    }

    private State whole() {
        char[] turned = tail.clone();
        for (int i = 0; i < SHOWN; i++) {
            tail[i] = turned[(count + i) % SHOWN];
        }
        return State.WHOLE;
    }

    private static int value(int letter) {
        return (letter & 0x1f) - 1 + TEN;
    }
}
