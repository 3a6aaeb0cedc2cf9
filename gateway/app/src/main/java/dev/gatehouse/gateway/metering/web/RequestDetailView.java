package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.metering.Request;
import dev.gatehouse.gateway.metering.RequestDetail;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is known of a request; money in nano-units of the currency.
 *
 * @param currency of all amounts (ISO 4217)
 * @param times null while it is open
 * @param cost what the lines that are due come to, by class of tokens and the price that was in force when it arrived
 * @param guard null while it is open
 * @param open it has not ended
 */
record RequestDetailView(
        String currency,
        RequestView request,
        IntentView intent,
        @Nullable TimesView times,
        List<AttemptView> attempts,
        List<LineView> lines,
        List<RequestDetail.CostLine> cost,
        @Nullable GuardView guard,
        boolean open) {

    /** @param maxOutput null: the client set no limit */
    record IntentView(
            UUID id,
            String address,
            long maxInput,
            @Nullable Long maxOutput,
            int choices,
            String gateway,
            String bodySha256,
            Instant arrived) {}

    /** Milliseconds; of the queue, the prefill and the decoding the sums over all attempts. */
    record TimesView(
            double queueMs,
            double prefillMs,
            double decodeMs,
            @Nullable Double firstTokenMs,
            double totalMs,
            double stepRows) {}

    /** A dispatch, as the outcome has it. */
    record AttemptView(
            int attempt,
            String node,
            long promptTokens,
            long cachedTokens,
            long completionTokens,
            long reasoningTokens,
            boolean exact,
            double queueMs,
            double prefillMs,
            double decodeMs,
            double stepRows,
            long chargeNano,
            long costNano) {

        static AttemptView of(RequestDetail.Attempt attempt) {
            return new AttemptView(
                    attempt.attempt(),
                    attempt.node(),
                    attempt.tokens().prompt(),
                    attempt.tokens().cached(),
                    attempt.tokens().completion(),
                    attempt.tokens().reasoning(),
                    attempt.exact(),
                    attempt.queueMs(),
                    attempt.prefillMs(),
                    attempt.decodeMs(),
                    attempt.stepRows(),
                    attempt.charge(),
                    attempt.cost());
        }
    }

    /** A line of the ledger. */
    record LineView(
            int attempt,
            String kind,
            String node,
            long promptTokens,
            long cachedTokens,
            long completionTokens,
            long reasoningTokens,
            boolean exact,
            boolean due,
            long chargeNano,
            long costNano,
            Instant recorded) {

        static LineView of(RequestDetail.Line line) {
            return new LineView(
                    line.attempt(),
                    line.kind(),
                    line.node(),
                    line.tokens().prompt(),
                    line.tokens().cached(),
                    line.tokens().completion(),
                    line.tokens().reasoning(),
                    line.exact(),
                    line.due(),
                    line.charge(),
                    line.cost(),
                    line.recorded());
        }
    }

    /**
     * What the guard did.
     *
     * @param policy its version; empty when it was not reached
     * @param coverage what it looked at; null when it looked at nothing
     */
    record GuardView(
            String policy, @Nullable String rule, @Nullable JsonNode coverage) {

        static GuardView of(RequestDetail.Guarded guard) {
            return new GuardView(
                    guard.policy(),
                    guard.rule().orElse(null),
                    guard.coverage().map(JsonMapper.shared()::readTree).orElse(null));
        }
    }

    static RequestDetailView of(Currency currency, RequestDetail detail) {
        Request request = detail.request();
        return new RequestDetailView(
                currency.getCurrencyCode(),
                RequestView.of(request),
                intent(request, detail.asked()),
                detail.times().map(times -> times(request, times)).orElse(null),
                detail.attempts().stream().map(AttemptView::of).toList(),
                detail.lines().stream().map(LineView::of).toList(),
                detail.bill(),
                detail.guard().map(GuardView::of).orElse(null),
                request.recorded().isEmpty());
    }

    private static IntentView intent(Request request, RequestDetail.Asked asked) {
        return new IntentView(
                request.id().value(),
                asked.address(),
                asked.maxInput(),
                asked.maxOutput().orElse(null),
                asked.choices(),
                asked.gateway(),
                asked.bodySha256(),
                request.id().at());
    }

    private static TimesView times(Request request, RequestDetail.Times times) {
        return new TimesView(
                times.queueMs(),
                times.prefillMs(),
                times.decodeMs(),
                request.firstTokenMs().orElse(null),
                request.totalMs(),
                times.stepRows());
    }
}
