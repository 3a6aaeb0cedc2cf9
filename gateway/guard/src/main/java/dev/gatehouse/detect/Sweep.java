package dev.gatehouse.detect;

import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks for all kinds of findings in one pass over a text that arrives in pieces, and reports each as soon as no further character can change
 * it. Positions count the widths given to {@link #accept} since it was made. Not thread-safe.
 */
public final class Sweep implements CharSink {

    /** Most characters in a row that are passed over because a reader does not see them. */
    private static final int INVISIBLE = PaymentCards.INVISIBLE;

    private static final int ASCII = 0x80;
    private static final int OTHER = 0xFF;

    private static final Prefixes BEGINNINGS =
            new Prefixes(Credential.ALL.stream().map(Credential::beginning).toList());

    private final PaymentCards cards;
    private final Ibans ibans;
    private final EmailAddresses addresses;
    private final Tails secrets;
    private final Tails gatewayKeys;
    private final Detector[] all;
    private final Detector[] held;

    private long position;
    private char high;
    private int highWidth;
    private int state = Prefixes.START;
    private int invisible;

    /** The last two characters, a byte each. */
    private int recent;

    /** Which of the last characters are letters or digits, and not of an escape such as a line end's in a program's source: the last one is bit 0. */
    private int words;

    /**
     * Makes a sweep.
     *
     * @param held kinds whose undecided text is not settled
     * @param findings is told of all findings, in any order
     */
    public Sweep(Set<Kind> held, Consumer<Finding> findings) {
        cards = new PaymentCards(findings);
        ibans = new Ibans(findings);
        addresses = new EmailAddresses(findings);
        secrets = new Tails(findings);
        gatewayKeys = new Tails(findings);
        all = new Detector[] {cards, ibans, addresses, secrets, gatewayKeys};
        this.held = held.stream().map(this::detector).toArray(Detector[]::new);
    }

    @Override
    public void accept(char unit, int width) {
        if (high != 0) {
            pair(unit, width);
        } else if (unit < ASCII) {
            invisible = 0;
            visible(unit, position, position += width);
        } else if (Character.isHighSurrogate(unit)) {
            high = unit;
            highWidth = width;
        } else {
            other(unit, width);
        }
    }

    @Override
    public void finish() {
        if (high != 0) {
            loneSurrogate();
        }
        for (Detector detector : all) {
            detector.end();
        }
        state = Prefixes.START;
        recent = 0;
        words = 0;
        invisible = 0;
    }

    /** All text before this position is decided: the findings of the held kinds that begin there have been reported. */
    public long settled() {
        long settled = position;
        for (Detector detector : held) {
            settled = Math.min(settled, detector.settled(position));
        }
        return settled;
    }

    private Detector detector(Kind kind) {
        return switch (kind) {
            case GATEWAY_KEYS -> gatewayKeys;
            case SECRETS -> secrets;
            case IBANS -> ibans;
            case PAYMENT_CARDS -> cards;
            case EMAIL_ADDRESSES -> addresses;
        };
    }

    private void pair(char unit, int width) {
        if (Character.isLowSurrogate(unit)) {
            char lead = high;
            high = 0;
            other(Character.toCodePoint(lead, unit), highWidth + width);
        } else {
            loneSurrogate();
            accept(unit, width);
        }
    }

    private void loneSurrogate() {
        char lone = high;
        high = 0;
        other(lone, highWidth);
    }

    /** Takes a character that is not ASCII; card numbers have their own rule for the invisible ones. */
    private void other(int codePoint, int width) {
        long from = position;
        position += width;
        if (Glyphs.invisible(codePoint) && ++invisible <= INVISIBLE) {
            if (cards.open()) {
                cards.take(codePoint, from, position);
            }
        } else {
            invisible = 0;
            visible(codePoint, from, position);
        }
    }

    private void visible(int c, long from, long to) {
        if (cards.open() || c == '+' || Glyphs.digit(c) >= 0) {
            numbers(c, from, to);
        } else if (ibans.open()) {
            ibans.take(c, from, to);
        }
        addresses.take(c, from, to);
        credentials(c, from, to);
        recent = recent << 8 | Math.min(c, OTHER);
    }

    private void numbers(int c, long from, long to) {
        cards.take(c, from, to);
        if (Glyphs.digit(c) >= 0) {
            ibans.begin(recent >> 8 & 0xff, recent & 0xff, from);
        }
        if (ibans.open()) {
            ibans.take(c, from, to);
        }
    }

    private void credentials(int c, long from, long to) {
        if (secrets.open()) {
            secrets.take(c, from, to);
        }
        if (gatewayKeys.open()) {
            gatewayKeys.take(c, from, to);
        }
        boolean word = Alphabet.BASE62.has(c) && (recent & 0xff) != '\\';
        words = words << 1 | (word ? 1 : 0);
        state = BEGINNINGS.after(state, c);
        int ending = BEGINNINGS.ending(state);
        if (ending >= 0) {
            begin(ending, to);
        }
    }

    private void begin(int index, long at) {
        Credential credential = Credential.ALL.get(index);
        boolean joined = (words >>> credential.beginning().length() & 1) != 0;
        if (!(credential.apart() && joined)) {
            (credential.kind() == Kind.GATEWAY_KEYS ? gatewayKeys : secrets).begin(credential, at);
        }
    }
}
