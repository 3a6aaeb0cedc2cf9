package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.ModelName;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A limit that somebody wants.
 *
 * @param subject the tenant, the project or the key; empty for the organisation
 * @param model the model that it is for; all together when empty
 * @param amount units a period, from 1
 * @param soft percent of the amount from which a warning is given, 1 to 100; only of a day, a month or a quarter
 */
public record NewLimit(
        Level level,
        Optional<UUID> subject,
        Optional<ModelName> model,
        Measure measure,
        Period period,
        long amount,
        OptionalInt soft) {

    /** Most units of a limit a day or longer, and of streams. */
    public static final long MOST = 1_000_000_000_000_000_000L;

    private static final long MOST_A_MINUTE = 100_000_000_000L;
    private static final long MOST_AN_HOUR = 2_000_000_000L;
    private static final int HUNDRED = 100;

    /** Throws an {@link IllegalArgumentException} that names the member when the parts do not go together. */
    public NewLimit {
        require(
                (level == Level.ORGANISATION) == subject.isEmpty(),
                "subject: name the tenant, project or key by its id; the organisation has none");
        require(
                (measure == Measure.STREAMS) == (period == Period.NONE),
                "per: streams are counted at a time and have no period; everything else needs one");
        require(measure != Measure.CHARGE || period.isCalendar(), "per: a budget is for a day, a month or a quarter");
        requireAmount(period, measure, amount);
        requireSoft(period, soft);
    }

    static void requireAmount(Period period, Measure measure, long amount) {
        long most = most(period);
        require(amount >= 1 && amount <= most, "amount: it must be more than 0 and at most " + measure.write(most));
    }

    static void requireSoft(Period period, OptionalInt soft) {
        require(
                soft.isEmpty() || period.isCalendar(),
                "softPercent: only a limit for a day, a month or a quarter gives a warning");
        require(
                soft.isEmpty() || (soft.getAsInt() >= 1 && soft.getAsInt() <= HUNDRED),
                "softPercent: it must be 1 to 100");
    }

    private static long most(Period period) {
        return switch (period) {
            case MINUTE -> MOST_A_MINUTE;
            case HOUR -> MOST_AN_HOUR;
            case DAY, MONTH, QUARTER, NONE -> MOST;
        };
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
