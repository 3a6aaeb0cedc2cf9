package dev.gatehouse.gateway.vocabulary;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Amounts of money, which are nano-units of the currency, as people and JSON write them: decimal numbers of whole units. */
public final class Money {

    private static final int NANO_DIGITS = 9;
    private static final int MILLION_DIGITS = 6;
    private static final int CENT_DIGITS = 2;
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,10}(\\.\\d{1,9})?");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Money() {}

    /** Nano-units in units of the currency, with two decimals or as many as it takes. */
    public static String words(long nano) {
        return words(BigDecimal.valueOf(nano, NANO_DIGITS));
    }

    /** A decimal number with at least two decimals. */
    public static String words(BigDecimal units) {
        BigDecimal stripped = units.stripTrailingZeros();
        return (stripped.scale() < CENT_DIGITS ? stripped.setScale(CENT_DIGITS) : stripped).toPlainString();
    }

    /** What a million tokens cost, by the nano-units of one. */
    public static String perMillion(long nanoEach) {
        return words(BigDecimal.valueOf(nanoEach, NANO_DIGITS - MILLION_DIGITS));
    }

    /**
     * Reads what a million tokens cost.
     *
     * @return nano-units of one
     * @throws IllegalArgumentException as {@link #nano}, and when one token would cost a fraction of a nano-unit
     */
    public static long nanoOfMillion(String units) {
        BigDecimal million = BigDecimal.valueOf(nano(units));
        try {
            return million.movePointLeft(MILLION_DIGITS).longValueExact();
        } catch (ArithmeticException fraction) {
            throw new IllegalArgumentException(
                    "'%s' is too fine for a million tokens: go in steps of 0.001".formatted(units), fraction);
        }
    }

    /**
     * Reads units of the currency.
     *
     * @return nano-units, not negative
     * @throws IllegalArgumentException when it is no decimal number of at most nine decimals
     */
    public static long nano(String units) {
        if (!DECIMAL.matcher(units).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no amount of money: write digits and at most nine decimals, such as 12.50"
                            .formatted(units));
        }
        BigDecimal nano = new BigDecimal(units).movePointRight(NANO_DIGITS);
        if (nano.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("'%s' is more money than can be counted".formatted(units));
        }
        return nano.longValueExact();
    }
}
