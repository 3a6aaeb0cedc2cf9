package dev.gatehouse.gateway.quota;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** How long an amount lasts. A minute and an hour are refilled evenly; a day, a month and a quarter begin anew by the calendar. */
public enum Period {
    MINUTE,
    HOUR,
    DAY,
    MONTH,
    QUARTER,
    /** No time at all: the amount is what may be held at once. */
    NONE;

    private static final int QUARTER_MONTHS = 3;

    /** Its name in JSON and in the database; none of {@link #NONE}. */
    public Optional<String> wire() {
        return this == NONE ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
    }

    /** Whether the calendar says when it begins. */
    public boolean isCalendar() {
        return switch (this) {
            case DAY, MONTH, QUARTER -> true;
            case MINUTE, HOUR, NONE -> false;
        };
    }

    /** The first moment of the calendar period that holds {@code now}, in its zone. */
    ZonedDateTime begin(ZonedDateTime now) {
        LocalDate day = now.toLocalDate();
        LocalDate first = switch (this) {
            case DAY -> day;
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % QUARTER_MONTHS);
            case MINUTE, HOUR, NONE -> throw new IllegalStateException(this + " is no period of the calendar");
        };
        return first.atStartOfDay(now.getZone());
    }

    /** The first moment after it. */
    ZonedDateTime end(ZonedDateTime begin) {
        LocalDate first = begin.toLocalDate();
        LocalDate next = switch (this) {
            case DAY -> first.plusDays(1);
            case MONTH -> first.plusMonths(1);
            case QUARTER -> first.plusMonths(QUARTER_MONTHS);
            case MINUTE, HOUR, NONE -> throw new IllegalStateException(this + " is no period of the calendar");
        };
        return next.atStartOfDay(begin.getZone());
    }

    /** Its length in microseconds where it is always the same. */
    long micros() {
        return switch (this) {
            case MINUTE -> ChronoUnit.MINUTES.getDuration().toMillis() * 1_000;
            case HOUR -> ChronoUnit.HOURS.getDuration().toMillis() * 1_000;
            case DAY, MONTH, QUARTER, NONE -> throw new IllegalStateException(this + " has no fixed length");
        };
    }
}
