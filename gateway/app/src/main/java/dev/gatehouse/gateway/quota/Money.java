package dev.gatehouse.gateway.quota;

import java.math.BigDecimal;

/** Amounts of money in words. */
final class Money {

    private static final int NANO_DIGITS = 9;
    private static final int CENT_DIGITS = 2;

    private Money() {}

    /** Nano-units in units of the currency, with two decimals or as many as it takes. */
    static String words(long nano) {
        BigDecimal units = BigDecimal.valueOf(nano, NANO_DIGITS).stripTrailingZeros();
        return (units.scale() < CENT_DIGITS ? units.setScale(CENT_DIGITS) : units).toPlainString();
    }
}
