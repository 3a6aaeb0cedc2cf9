package dev.gatehouse.gateway.metering;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What a calendar month will come to: what is spent so far, and for the days that are left the mean of the last seven full days.
 *
 * @param spentNano nano-units of the currency, as all amounts
 * @param costNano what the month has cost us so far
 * @param budgetNano empty where there is none
 * @param exhausted the day on which the budget will be spent, or on which it was found spent; empty when that is not in this month
 * @param days of this month up to today, each with what it came to
 */
public record Forecast(
        Instant from,
        Instant until,
        long spentNano,
        long costNano,
        long forecastNano,
        Optional<Long> budgetNano,
        Optional<LocalDate> exhausted,
        List<ForecastDay> days) {

    /** How many full days tell what a day comes to. */
    static final int LOOKED_AT = 7;

    /** A day, by the calendar in question. */
    public record ForecastDay(LocalDate at, long chargeNano) {}

    /**
     * A forecast.
     *
     * @param charges of each day of the month and of the seven days before it, where there were any
     */
    static Forecast of(
            Instant now, ZoneId zone, NavigableMap<LocalDate, Long> charges, long cost, Optional<Long> budget) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate first = today.withDayOfMonth(1);
        Instant until = first.plusMonths(1).atStartOfDay(zone).toInstant();
        List<ForecastDay> days = days(first, today, charges);
        long spent = days.stream().mapToLong(ForecastDay::chargeNano).sum();
        double usual = usual(today, charges);
        double left = (double) Duration.between(now, until).toMillis()
                / Duration.ofDays(1).toMillis();
        return new Forecast(
                first.atStartOfDay(zone).toInstant(),
                until,
                spent,
                cost,
                spent + Math.round(usual * left),
                budget,
                budget.flatMap(amount -> exhausted(days, today, spent, usual, left, amount)),
                days);
    }

    private static List<ForecastDay> days(LocalDate first, LocalDate today, Map<LocalDate, Long> charges) {
        List<ForecastDay> days = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
            days.add(new ForecastDay(day, charges.getOrDefault(day, 0L)));
        }
        return days;
    }

    /** The mean of the full days since the first use, seven at most; without one, what today has come to. */
    private static double usual(LocalDate today, NavigableMap<LocalDate, Long> charges) {
        LocalDate begin = today.minusDays(LOOKED_AT);
        Map<LocalDate, Long> full = charges.subMap(begin, true, today, false);
        if (full.isEmpty()) {
            return charges.getOrDefault(today, 0L);
        }
        LocalDate since = charges.firstKey().isAfter(begin) ? charges.firstKey() : begin;
        long sum = full.values().stream().mapToLong(Long::longValue).sum();
        return (double) sum / (today.toEpochDay() - since.toEpochDay());
    }

    private static Optional<LocalDate> exhausted(
            List<ForecastDay> days, LocalDate today, long spent, double usual, double left, long budget) {
        long sum = 0;
        for (ForecastDay day : days) {
            sum += day.chargeNano;
            if (sum >= budget) {
                return Optional.of(day.at);
            }
        }
        double need = (budget - spent) / usual;
        return usual > 0 && need < left ? Optional.of(today.plusDays((long) need)) : Optional.empty();
    }
}
