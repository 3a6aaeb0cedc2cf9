package dev.gatehouse.detect;

import java.util.function.Consumer;

/**
 * Finds payment card numbers: 12 to 19 digits of any script with an issuer's prefix and length and a right check digit.
 *
 * <p>A <em>run</em> is groups of digits with one separator between two groups; invisible characters anywhere in it are skipped, up
 * to {@value #INVISIBLE} between two digits. A card number is either adjacent whole groups of a run of which only the last has
 * fewer than three digits, or, whatever its grouping, a whole run or what other findings left of it. So a number is found beside
 * an expiry date or a check code, a list of small numbers is not taken for one, and neither is part of a longer row of digits.
 * Numbers that overlap are one finding; one of more than {@value Run#LONG} digits is reported in pieces, so that it need not be
 * held. Fifteen digits or fewer after a plus sign are a telephone number, and twelve or more after one to three digits and a point
 * the fraction of a decimal number.
 *
 * <p>Undecided are at most a run's last {@value Run#HELD} digits with what stands between them.
 */
final class PaymentCards implements Detector {

    static final int INVISIBLE = 16;

    private static final int INTEGER_PART = 3;

    private final Run run;
    private Place place = Place.OUTSIDE;
    private boolean plus;
    private boolean point;
    private int invisible;

    /** Where in the grammar of a run the text stands. */
    private enum Place {
        OUTSIDE,
        GROUP,
        SEPARATOR
    }

    PaymentCards(Consumer<Finding> findings) {
        this.run = new Run(findings);
    }

    /** Whether characters other than digits and a plus sign need be taken. */
    boolean open() {
        return plus || place != Place.OUTSIDE;
    }

    @Override
    public void take(int codePoint, long from, long to) {
        int digit = Glyphs.digit(codePoint);
        if (digit >= 0) {
            digit(digit, from, to);
        } else if (place != Place.OUTSIDE) {
            between(codePoint);
        }
        if (place == Place.OUTSIDE) {
            plus = codePoint == '+';
        }
    }

    @Override
    public void end() {
        endRun();
        plus = false;
    }

    @Override
    public long settled(long position) {
        return run.settled(position);
    }

    private void digit(int digit, long from, long end) {
        if (place != Place.GROUP) {
            run.begin(lead(), from);
            place = Place.GROUP;
        }
        run.append(digit, end);
        invisible = 0;
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
            point = codePoint == '.' && run.lastCount() <= INTEGER_PART;
            run.close();
        } else {
            endRun();
        }
    }

    private void endRun() {
        run.end();
        place = Place.OUTSIDE;
        invisible = 0;
    }
}
