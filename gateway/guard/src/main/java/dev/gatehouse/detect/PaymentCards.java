package dev.gatehouse.detect;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * Finds payment card numbers: 12 to 19 digits of any script with an issuer's prefix and length and a right check digit.
 *
 * <p>A <em>run</em> is groups of digits with one separator between two groups; invisible characters anywhere in it are skipped, up
 * to {@value #INVISIBLE} between two digits. A card number is either adjacent whole groups of a run of which only the last has
 * fewer than three digits, or, whatever its grouping, a whole run or what other findings left of it. So a number is found beside
 * an expiry date or a check code, a list of small numbers is not taken for one, and neither is part of a longer row of digits.
 * Numbers that overlap are one finding; one of more than {@value #LONG} digits is reported in pieces, so that it need not be held.
 * A telephone number with a plus sign and the fraction of a decimal number are not card numbers.
 *
 * <p>Undecided is at most a run's last {@value #HELD} digits with what stands between them.
 */
public final class PaymentCards implements Detector {

    public static final String RULE = "pii.payment-card";

    static final int INVISIBLE = 16;
    static final int LONG = 2 * CardNumbers.LONGEST;
    static final int HELD = LONG + 3 * CardNumbers.LONGEST;

    private static final int NONE = -1;
    private static final int INTEGER_PART = 3;

    private final Consumer<Finding> findings;
    private final Groups groups = new Groups();
    private long position;
    private char high;
    private int highWidth;

    private Place place = Place.OUTSIDE;
    private boolean plus;
    private boolean point;
    private int invisible;

    /** The first groups that no regular number begins with: perhaps the whole run is one. */
    private int loose;
    /** The run's loose groups cannot be a number any more, and are let go. */
    private boolean looseOver;
    /** Of the groups after the loose ones, how many belong to a number. */
    private int covered;

    private boolean afterCovered;

    private long findingFrom = NONE;
    private long findingTo;
    private int findingDigits;
    private int tail;

    /** Where in the grammar of a run the text stands. */
    private enum Place {
        OUTSIDE,
        GROUP,
        SEPARATOR
    }

    public PaymentCards(Consumer<Finding> findings) {
        this.findings = findings;
    }

    @Override
    public void accept(char unit, int width) {
        if (high != 0) {
            pair(unit, width);
        } else if (Character.isHighSurrogate(unit)) {
            high = unit;
            highWidth = width;
        } else {
            take(unit, width);
        }
    }

    @Override
    public void finish() {
        if (high != 0) {
            loneSurrogate();
        }
        endRun();
        plus = false;
    }

    @Override
    public long settled() {
        if (findingFrom != NONE) {
            return findingFrom;
        }
        if (groups.closed() > 0) {
            return groups.from(0);
        }
        return groups.size() > 0 && mayGrow(0) ? groups.from(0) : position;
    }

    private void pair(char unit, int width) {
        if (Character.isLowSurrogate(unit)) {
            char lead = high;
            high = 0;
            take(Character.toCodePoint(lead, unit), highWidth + width);
        } else {
            loneSurrogate();
            accept(unit, width);
        }
    }

    private void loneSurrogate() {
        char lone = high;
        high = 0;
        take(lone, highWidth);
    }

    private void take(int codePoint, int width) {
        int digit = Glyphs.digit(codePoint);
        if (digit >= 0) {
            digit(digit, position + width);
        } else if (place != Place.OUTSIDE) {
            between(codePoint);
        }
        if (place == Place.OUTSIDE) {
            plus = codePoint == '+';
        }
        position += width;
    }

    private void digit(int digit, long end) {
        if (place != Place.GROUP) {
            groups.begin(lead(), position);
            place = Place.GROUP;
        }
        groups.append(digit, end);
        invisible = 0;
        decide(false);
    }

    private Groups.Lead lead() {
        if (place == Place.OUTSIDE) {
            return plus ? Groups.Lead.PLUS : Groups.Lead.PLAIN;
        }
        return point ? Groups.Lead.POINT : Groups.Lead.PLAIN;
    }

    private void between(int codePoint) {
        if (Glyphs.invisible(codePoint) && ++invisible <= INVISIBLE) {
            return;
        }
        if (place == Place.GROUP && Glyphs.separates(codePoint)) {
            place = Place.SEPARATOR;
            point = codePoint == '.' && groups.lastCount() <= INTEGER_PART;
            groups.close();
            decide(false);
        } else {
            endRun();
        }
    }

    private void endRun() {
        groups.close();
        decide(true);
        endLoose();
        place = Place.OUTSIDE;
        looseOver = false;
        afterCovered = false;
        invisible = 0;
    }

    /** Decides the groups whose fate no further character can change. */
    private void decide(boolean ended) {
        while (loose < groups.closed() && (ended || !mayGrow(loose))) {
            decideNext();
        }
        if (!looseOver) {
            looseOver = loose > 0 && !looseMayBeNumber();
        }
        if (looseOver) {
            groups.drop(loose);
            loose = 0;
        }
    }

    private void decideNext() {
        covered = Math.max(covered, number(loose) - loose);
        afterCovered = covered > 0;
        if (covered == 0) {
            loose++;
            return;
        }
        endLoose();
        cover(0);
        groups.drop(1);
        if (--covered == 0 || findingDigits > LONG) {
            report();
        }
    }

    private void endLoose() {
        if (loose > 0 && !looseOver && groups.card(0, loose)) {
            for (int group = 0; group < loose; group++) {
                cover(group);
            }
            report();
        }
        groups.drop(loose);
        loose = 0;
        looseOver = false;
    }

    private void cover(int group) {
        if (findingFrom == NONE) {
            findingFrom = groups.from(group);
        }
        findingTo = groups.to(group);
        findingDigits += groups.count(group);
        tail = groups.tail(tail, group);
    }

    private void report() {
        findings.accept(new Finding(RULE, findingFrom, findingTo, mask(tail)));
        findingFrom = NONE;
        findingDigits = 0;
    }

    private static String mask(int lastFour) {
        return String.format(Locale.ROOT, "[payment card ****%04d]", lastFour);
    }

    /** One past the last group of the longest regular number that begins with a group; 0 when none does. */
    private int number(int first) {
        int end = 0;
        if (fraction(first)) {
            return end;
        }
        for (int next = first + 1; next <= groups.closed(); next++) {
            if (groups.card(first, next)) {
                end = next;
            }
            if (!groups.regular(next - 1)) {
                break;
            }
        }
        return end;
    }

    /** Whether further characters can make a regular number of this group and those after it, or a longer one. */
    private boolean mayGrow(int first) {
        if (fraction(first)) {
            return false;
        }
        for (int group = first; group < groups.closed(); group++) {
            if (!groups.regular(group)) {
                return false;
            }
        }
        int least = groups.digits(first, groups.size()) + (groups.size() == groups.closed() ? 1 : 0);
        return least <= CardNumbers.longest(groups.lengths(first, groups.size()));
    }

    private boolean fraction(int group) {
        return groups.lead(group) == Groups.Lead.POINT && !afterCovered && groups.count(group) >= CardNumbers.SHORTEST;
    }

    private boolean looseMayBeNumber() {
        int longest = CardNumbers.longest(groups.lengths(0, loose));
        if (groups.digits(0, loose) > longest) {
            return false;
        }
        boolean nextMayBeCovered = loose == groups.size() || loose < groups.closed() || mayGrow(loose);
        return nextMayBeCovered || groups.digits(0, groups.size()) <= longest;
    }
}
