package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What somebody may use in a time.
 *
 * @param subject id of the tenant, the project or the key; of no meaning for the organisation
 * @param model the model that it is for; all together when empty
 * @param amount units a period
 * @param soft percent of the amount from which its owner is warned; only of a period of the calendar
 * @param zone whose calendar its periods follow
 * @param overrides other amounts for a time; where two hold at once, the later one in the list
 */
public record Limit(
        UUID id,
        Level level,
        UUID subject,
        Optional<ModelName> model,
        Measure measure,
        Period period,
        long amount,
        OptionalInt soft,
        ZoneId zone,
        List<Override> overrides) {

    /** Another amount from a moment, included, until another one, excluded. */
    public record Override(long amount, Instant from, Instant until) {

        boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    Limit with(List<Override> others) {
        return new Limit(id, level, subject, model, measure, period, amount, soft, zone, List.copyOf(others));
    }

    boolean binds(Caller caller, ModelName asked) {
        return isAbout(caller) && (model.isEmpty() || model.get().equals(asked));
    }

    private boolean isAbout(Caller caller) {
        return switch (level) {
            case ORGANISATION -> true;
            case TENANT -> subject.equals(caller.tenant().value());
            case PROJECT -> subject.equals(caller.project().value());
            case KEY -> subject.equals(caller.key().value());
        };
    }

    /** The limit as it is at a moment, microseconds since the epoch. */
    Terms at(long micros) {
        Instant now = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        long most = amount;
        for (Override other : overrides) {
            most = other.holds(now) ? other.amount : most;
        }
        return terms(most, now);
    }

    private Terms terms(long most, Instant now) {
        if (measure == Measure.STREAMS) {
            return new Terms(this, new BucketKey(id, 0), new Rule.Gauge(most));
        }
        if (!period.isCalendar()) {
            return new Terms(this, new BucketKey(id, 0), new Rule.Flow(most, period.micros()));
        }
        ZonedDateTime begin = period.begin(now.atZone(zone));
        return new Terms(this, new BucketKey(id, micros(begin)), new Rule.Window(most, micros(period.end(begin))));
    }

    /** When {@link #at} answers otherwise than at {@code micros}, at the earliest. */
    long holdsUntil(long micros) {
        long end = at(micros).rule() instanceof Rule.Window window ? window.end() : Long.MAX_VALUE;
        for (Override other : overrides) {
            end = nearer(end, other.from, micros);
            end = nearer(end, other.until, micros);
        }
        return end;
    }

    private static long nearer(long end, Instant change, long now) {
        long at = ChronoUnit.MICROS.between(Instant.EPOCH, change);
        return at > now ? Math.min(end, at) : end;
    }

    private static long micros(ZonedDateTime time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
    }
}
