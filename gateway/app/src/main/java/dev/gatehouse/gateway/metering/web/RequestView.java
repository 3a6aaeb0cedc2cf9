package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.metering.Request;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as administrators see it; money in nano-units of the currency, tokens by the ledger, corrections included.
 *
 * @param kind how it ended, or {@code open}
 * @param totalMs from arrival to its end, or to now
 * @param recorded when its end was; null while it has none
 */
record RequestView(
        UUID id,
        Instant arrived,
        UUID tenant,
        @Nullable String tenantName,
        UUID project,
        @Nullable String projectName,
        UUID key,
        @Nullable String keyName,
        String model,
        String dialect,
        String kind,
        @Nullable String code,
        @Nullable String reason,
        @Nullable String rule,
        List<String> nodes,
        long promptTokens,
        long cachedTokens,
        long completionTokens,
        long reasoningTokens,
        boolean exact,
        long chargeNano,
        long costNano,
        @Nullable Double firstTokenMs,
        double totalMs,
        @Nullable Instant recorded) {

    static RequestView of(Request request) {
        return new RequestView(
                request.id().value(),
                request.id().at(),
                request.caller().tenant().value(),
                request.names().tenant().orElse(null),
                request.caller().project().value(),
                request.names().project().orElse(null),
                request.caller().key().value(),
                request.names().key().orElse(null),
                request.model().value(),
                request.dialect(),
                request.kind(),
                request.code().orElse(null),
                request.reason().orElse(null),
                request.rule().orElse(null),
                request.nodes(),
                request.tokens().prompt(),
                request.tokens().cached(),
                request.tokens().completion(),
                request.tokens().reasoning(),
                request.exact(),
                request.charge(),
                request.cost(),
                request.firstTokenMs().orElse(null),
                request.totalMs(),
                request.recorded().orElse(null));
    }
}
