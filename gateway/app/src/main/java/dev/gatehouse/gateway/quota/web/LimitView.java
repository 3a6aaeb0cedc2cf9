package dev.gatehouse.gateway.quota.web;

import dev.gatehouse.gateway.quota.Level;
import dev.gatehouse.gateway.quota.Limit;
import dev.gatehouse.gateway.quota.LimitState;
import dev.gatehouse.gateway.quota.Measure;
import dev.gatehouse.gateway.quota.StoredLimit;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit as administrators see it. Amounts are text: of money a decimal number, of all else a whole one.
 *
 * @param currency of the amounts (ISO 4217); null where it is no limit of money
 * @param overrides those that are not over, the one made last at the end
 */
record LimitView(
        UUID id,
        @Nullable UUID tenant,
        String level,
        @Nullable UUID subject,
        @Nullable String model,
        String what,
        @Nullable String per,
        String amount,
        @Nullable String currency,
        @Nullable Integer softPercent,
        Instant created,
        List<OverrideView> overrides,
        StateView state) {

    /** Another amount for a time. */
    record OverrideView(UUID id, String amount, Instant from, Instant until) {}

    /**
     * How much of it is used now.
     *
     * @param amount what is in force, by an override where one holds
     * @param spent what is used; of a minute and an hour what has not flowed back
     * @param held what gateways hold for requests under way and for the next ones
     * @param left what nobody has
     * @param reset when nothing is missing any more if nobody calls; null when that is now or depends on requests under way
     */
    record StateView(
            String amount,
            String spent,
            String held,
            String left,
            @Nullable Instant reset) {

        static StateView of(Measure measure, LimitState state) {
            return new StateView(
                    measure.write(state.amount()),
                    measure.write(state.spent()),
                    measure.write(state.held()),
                    measure.write(state.left()),
                    state.reset().orElse(null));
        }
    }

    static LimitView of(Currency currency, StoredLimit stored) {
        Limit limit = stored.limit();
        Measure measure = limit.measure();
        return new LimitView(
                limit.id(),
                stored.tenant().map(TenantId::value).orElse(null),
                limit.level().wire(),
                limit.level() == Level.ORGANISATION ? null : limit.subject(),
                limit.model().map(ModelName::value).orElse(null),
                measure.wire(),
                limit.period().wire().orElse(null),
                measure.write(limit.amount()),
                measure == Measure.CHARGE ? currency.getCurrencyCode() : null,
                limit.soft().isPresent() ? limit.soft().getAsInt() : null,
                stored.created(),
                stored.overrides().stream()
                        .map(override -> new OverrideView(
                                override.id(),
                                measure.write(override.what().amount()),
                                override.what().from(),
                                override.what().until()))
                        .toList(),
                StateView.of(measure, stored.state()));
    }
}
