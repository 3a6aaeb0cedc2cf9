package dev.gatehouse.gateway.catalog.web;

import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Money;
import dev.gatehouse.gateway.vocabulary.Price;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What administrators send of a price. Money is text: a decimal number of the currency. */
final class PriceBody {

    private PriceBody() {}

    /**
     * A new price; what is missing of it is free.
     *
     * @param from the beginning, not in the past; now if it is missing
     * @param until the end; until another one begins if it is missing
     */
    record NewPrice(
            @NotNull String model,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String perCall,
            @Nullable ClassesBody perMillionTokens) {

        ModelName name() {
            return InvalidException.reading("model", () -> new ModelName(model));
        }

        Price price() {
            ClassesBody classes = perMillionTokens == null ? ClassesBody.FREE : perMillionTokens;
            long call = perCall == null ? 0 : InvalidException.reading("perCall", () -> Money.nano(perCall));
            return InvalidException.reading("perCall, perMillionTokens", () -> classes.price(call));
        }

        /** What holds already is not changed afterwards. */
        Instant begin(Instant now) {
            if (from != null && from.isBefore(now)) {
                throw new InvalidException("from: a price begins now, if this is left out, or later");
            }
            Instant begin = from == null ? now : from;
            if (until != null && !begin.isBefore(until)) {
                throw new InvalidException("until: it must be after the beginning");
            }
            return begin;
        }

        Optional<Instant> end() {
            return Optional.ofNullable(until);
        }
    }

    /**
     * Money for a million tokens of a class, in steps of 0.001.
     *
     * @param uncached prompt tokens that are computed
     * @param cached prompt tokens that are not computed again
     * @param reasoning completion tokens that are thinking; as output if it is missing
     * @param output all other completion tokens
     */
    record ClassesBody(
            @Nullable String uncached,
            @Nullable String cached,
            @Nullable String reasoning,
            @Nullable String output) {

        private static final ClassesBody FREE = new ClassesBody(null, null, null, null);

        private Price price(long perCall) {
            long other = token("perMillionTokens.output", output);
            return new Price(
                    token("perMillionTokens.uncached", uncached),
                    token("perMillionTokens.cached", cached),
                    reasoning == null ? other : token("perMillionTokens.reasoning", reasoning),
                    other,
                    perCall);
        }

        private static long token(String member, @Nullable String text) {
            return text == null ? 0 : InvalidException.reading(member, () -> Money.nanoOfMillion(text));
        }
    }

    /** @param until the end, not in the past; until another one begins if it is null */
    record EndedPrice(@Nullable Instant until) {

        Optional<Instant> end(Instant now) {
            if (until != null && until.isBefore(now)) {
                throw new InvalidException("until: it must not be in the past");
            }
            return Optional.ofNullable(until);
        }
    }
}
