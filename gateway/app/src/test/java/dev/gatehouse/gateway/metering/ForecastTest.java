package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ForecastTest {

    private static final Instant NOON_OF_THE_21ST = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void addsTheMeanOfTheLastSevenFullDaysForEachDayLeft() {
        NavigableMap<LocalDate, Long> charges = new TreeMap<>();
        for (int day = 1; day <= 20; day++) {
            charges.put(LocalDate.of(2026, 11, day), day < 14 ? 1_000L : 100L);
        }
        charges.put(LocalDate.of(2026, 11, 21), 50L);
        Forecast forecast = Forecast.of(NOON_OF_THE_21ST, ZoneOffset.UTC, charges, 7, Optional.of(20_000L));
        assertThat(forecast.spentNano()).isEqualTo(13_750);
        assertThat(forecast.forecastNano()).isEqualTo(13_750 + 950);
        assertThat(forecast.exhausted()).isEmpty();
        assertThat(forecast.days()).hasSize(21);
    }

    @Test
    void saysOnWhichDayTheBudgetWillBeSpentOrWas() {
        NavigableMap<LocalDate, Long> charges = new TreeMap<>();
        for (int day = 14; day <= 20; day++) {
            charges.put(LocalDate.of(2026, 11, day), 100L);
        }
        assertThat(Forecast.of(NOON_OF_THE_21ST, ZoneOffset.UTC, charges, 0, Optional.of(950L))
                        .exhausted())
                .contains(LocalDate.of(2026, 11, 23));
        assertThat(Forecast.of(NOON_OF_THE_21ST, ZoneOffset.UTC, charges, 0, Optional.of(150L))
                        .exhausted())
                .contains(LocalDate.of(2026, 11, 15));
    }

    @Test
    void aYoungInstallationIsJudgedByTheDaysThatItHas() {
        NavigableMap<LocalDate, Long> charges = new TreeMap<>();
        charges.put(LocalDate.of(2026, 11, 20), 100L);
        charges.put(LocalDate.of(2026, 11, 21), 40L);
        assertThat(Forecast.of(NOON_OF_THE_21ST, ZoneOffset.UTC, charges, 0, Optional.empty())
                        .forecastNano())
                .isEqualTo(140 + 950);
    }

    @Test
    void theMonthIsThatOfTheCalendarInQuestion() {
        Forecast forecast = Forecast.of(
                Instant.parse("2026-10-31T23:30:00Z"),
                ZoneId.of("Europe/Berlin"),
                new TreeMap<>(),
                0,
                Optional.empty());
        assertThat(forecast.from()).isEqualTo("2026-10-31T23:00:00Z");
        assertThat(forecast.until()).isEqualTo("2026-11-30T23:00:00Z");
    }
}
