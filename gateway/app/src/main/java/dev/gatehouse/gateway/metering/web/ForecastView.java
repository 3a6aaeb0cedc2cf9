package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.metering.Forecast;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a calendar month will come to; money in nano-units of the currency.
 *
 * @param currency of all amounts (ISO 4217)
 * @param costNano what the month has cost us so far
 * @param budgetNano null where there is none
 * @param exhausted the day on which the budget will be spent, or on which it was found spent; null when that is not in this month
 * @param days of this month up to today, each with what it came to
 */
record ForecastView(
        String currency,
        Instant from,
        Instant until,
        long spentNano,
        long costNano,
        long forecastNano,
        @Nullable Long budgetNano,
        @Nullable LocalDate exhausted,
        List<Forecast.ForecastDay> days) {

    static ForecastView of(Currency currency, Forecast month) {
        return new ForecastView(
                currency.getCurrencyCode(),
                month.from(),
                month.until(),
                month.spentNano(),
                month.costNano(),
                month.forecastNano(),
                month.budgetNano().orElse(null),
                month.exhausted().orElse(null),
                month.days());
    }
}
