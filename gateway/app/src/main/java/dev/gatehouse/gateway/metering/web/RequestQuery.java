package dev.gatehouse.gateway.metering.web;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The parameters that say which requests are wanted; what is missing does not matter. */
record RequestQuery(
        Optional<UUID> tenant,
        Optional<UUID> project,
        Optional<UUID> key,
        Optional<String> model,
        Optional<KindName> kind,
        Optional<String> code,
        Optional<String> node,
        Optional<DialectName> dialect,
        Optional<Double> minFirstTokenMs,
        Optional<Double> minTotalMs,
        Optional<Long> minChargeNano,
        Optional<Instant> from,
        Optional<Instant> until) {

    /** How a request may have ended. */
    enum KindName {
        completed,
        refused,
        cut,
        left,
        failed,
        not_dispatched,
        recovered,
        unknown
    }

    /** What a client may speak. */
    enum DialectName {
        openai,
        anthropic
    }

    WhoseQuery whose() {
        return new WhoseQuery(tenant, project, key, model);
    }
}
