package dev.gatehouse.gateway.quota.web;

import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.quota.Level;
import dev.gatehouse.gateway.quota.Limit;
import dev.gatehouse.gateway.quota.Measure;
import dev.gatehouse.gateway.quota.NewLimit;
import dev.gatehouse.gateway.quota.Period;
import dev.gatehouse.gateway.vocabulary.ModelName;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What administrators send of a limit. Amounts are text: of money a decimal number, of all else a whole one. */
final class LimitBody {

    private LimitBody() {}

    /**
     * A new limit.
     *
     * @param level {@code organisation}, {@code tenant}, {@code project} or {@code key}
     * @param subject id of the tenant, project or key; none of the organisation
     * @param model the model that it is for; all together if it is missing
     * @param what {@code requests}, {@code input_tokens}, {@code output_tokens}, {@code total_tokens}, {@code streams} or {@code charge}
     * @param per {@code minute}, {@code hour}, {@code day}, {@code month} or {@code quarter}; none of streams
     * @param softPercent share of the amount from which a warning is given
     */
    record WantedLimit(
            @NotNull String level,
            @Nullable UUID subject,
            @Nullable String model,
            @NotNull String what,
            @Nullable String per,
            @NotNull String amount,
            @Nullable Integer softPercent) {

        NewLimit wanted() {
            Measure measure = named("what", Measure.class, what);
            Period period = per == null ? Period.NONE : period(per);
            Level whom = named("level", Level.class, level);
            Optional<ModelName> which = Optional.ofNullable(model)
                    .map(name -> InvalidException.reading("model", () -> new ModelName(name)));
            long units = LimitBody.amount(measure, amount);
            return checked(() ->
                    new NewLimit(whom, Optional.ofNullable(subject), which, measure, period, units, soft(softPercent)));
        }
    }

    /** All that can be changed of a limit. A missing {@code softPercent} is none. */
    record ChangedLimit(@NotNull String amount, @Nullable Integer softPercent) {}

    /**
     * Another amount for a time.
     *
     * @param from the beginning; now if it is missing
     * @param until the end
     */
    record NewOverride(
            @NotNull String amount,
            @Nullable Instant from,
            @NotNull Instant until) {

        Limit.Override override(Measure measure, Instant now) {
            Instant begin = from == null ? now : from;
            if (!begin.isBefore(until) || !until.isAfter(now)) {
                throw new InvalidException("until: it must be after the beginning, and in the future");
            }
            return new Limit.Override(LimitBody.amount(measure, amount), begin, until);
        }
    }

    static long amount(Measure measure, String text) {
        return InvalidException.reading("amount", () -> measure.read(text));
    }

    static OptionalInt soft(@Nullable Integer percent) {
        return percent == null ? OptionalInt.empty() : OptionalInt.of(percent);
    }

    /** What the room refuses already names the member. */
    static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException wrong) {
            throw new InvalidException(String.valueOf(wrong.getMessage()));
        }
    }

    /** A constant by its name in lower case. */
    static <E extends Enum<E>> E named(String member, Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> lower(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidException("%s: '%s' is not one of %s"
                        .formatted(
                                member,
                                name,
                                Arrays.stream(type.getEnumConstants())
                                        .map(LimitBody::lower)
                                        .filter(word -> !word.equals("none"))
                                        .collect(Collectors.joining(", ")))));
    }

    private static Period period(String name) {
        Period period = named("per", Period.class, name);
        if (period == Period.NONE) {
            throw new InvalidException("per: leave it out where there is no period");
        }
        return period;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
