package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.metering.Attention;
import dev.gatehouse.gateway.metering.FirstSteps;
import dev.gatehouse.gateway.metering.Forecast;
import dev.gatehouse.gateway.metering.Forecasts;
import dev.gatehouse.gateway.metering.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How it stands, in one answer; money in nano-units of the currency.
 *
 * @param currency of all amounts (ISO 4217)
 * @param requestsBefore as {@code requests}, in the time of the same length just before
 * @param outputTokensPerSecond over the last five minutes of the time
 * @param nodesReady null for a user of one tenant
 * @param nodesTotal those that were heard within the last day; null for a user of one tenant
 */
record OverviewView(
        String currency,
        Instant from,
        Instant until,
        long requests,
        long requestsBefore,
        long failed,
        long failedBefore,
        @Nullable Double firstTokenP50Ms,
        @Nullable Double firstTokenP95Ms,
        long outputTokens,
        double outputTokensPerSecond,
        @Nullable Long nodesReady,
        @Nullable Long nodesTotal,
        MonthView month,
        List<SpendView> spend,
        List<FailureView> failures,
        List<AttentionView> attention,
        FirstSteps.FirstRun firstRun) {

    /** What the calendar month has come to and will, as {@code /usage/forecast} has it. */
    record MonthView(
            Instant from,
            Instant until,
            long chargeNano,
            long costNano,
            @Nullable Long budgetNano,
            long forecastNano) {

        static MonthView of(Forecast month) {
            return new MonthView(
                    month.from(),
                    month.until(),
                    month.spentNano(),
                    month.costNano(),
                    month.budgetNano().orElse(null),
                    month.forecastNano());
        }
    }

    /** What a tenant has spent in its month, beside its budget. */
    record SpendView(
            UUID tenant,
            String tenantName,
            long chargeNano,
            @Nullable Long budgetNano,
            @Nullable Integer softPercent) {

        static SpendView of(Forecasts.Spend spend) {
            return new SpendView(
                    spend.tenant().value(),
                    spend.tenantName(),
                    spend.chargeNano(),
                    spend.budgetNano().orElse(null),
                    spend.softPercent().isPresent() ? spend.softPercent().getAsInt() : null);
        }
    }

    /**
     * Requests that did not go well and ended in the same way.
     *
     * @param last when the last of them arrived
     * @param example the last of them
     */
    record FailureView(String kind, @Nullable String code, long count, Instant last, UUID example) {

        static FailureView of(Traffic.Failure failure) {
            return new FailureView(
                    failure.kind(), failure.code().orElse(null), failure.count(), failure.last(), failure.example());
        }
    }

    /** What may need a person. */
    enum AttentionKind {
        no_node,
        node_lost,
        node_draining,
        budget_over,
        budget_soft,
        key_expiring,
        reconciliation,
        unknown_requests
    }

    /**
     * Something that needs a person.
     *
     * @param target the name of a node, or the id of a limit, a key or an act
     * @param since when it began; null where that is not known
     * @param until when it will be over by itself; null when it will not
     * @param effect what it has done, in numbers
     */
    record AttentionView(
            AttentionKind kind,
            String target,
            String label,
            @Nullable Instant since,
            @Nullable Instant until,
            Map<String, Long> effect) {

        static AttentionView of(Attention.Item item) {
            return new AttentionView(
                    AttentionKind.valueOf(item.kind().name().toLowerCase(Locale.ROOT)),
                    item.target(),
                    item.label(),
                    item.since().orElse(null),
                    item.until().orElse(null),
                    item.effect());
        }
    }
}
