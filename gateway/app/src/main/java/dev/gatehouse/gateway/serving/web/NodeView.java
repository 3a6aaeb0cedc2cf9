package dev.gatehouse.gateway.serving.web;

import dev.gatehouse.gateway.backend.Fleet;
import dev.gatehouse.gateway.metering.NodeTraffic;
import dev.gatehouse.gateway.vocabulary.Tariff;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node as administrators see it, by what it reported last.
 *
 * @param id by which acts name it
 * @param heard when it last reported
 * @param costNanoPerHour nano-units of the currency, by the tariff in force; null where there is none
 * @param requestsLastHour that arrived within the last hour, were sent to it and have ended
 * @param failedLastHour of those the failed ones
 */
record NodeView(
        UUID id,
        String name,
        StateName state,
        Instant heard,
        String version,
        String build,
        List<ServedView> models,
        int slots,
        int running,
        int waiting,
        int kvUsed,
        int kvTokens,
        double tokensPerSecond,
        @Nullable Long costNanoPerHour,
        long requestsLastHour,
        long failedLastHour) {

    /** What a node does; {@code lost}: it has not reported for too long to be chosen. */
    enum StateName {
        loading,
        ready,
        draining,
        lost
    }

    /** A model that a node serves; context in tokens. */
    record ServedView(String id, int context) {}

    static NodeView of(Fleet.Member node, Tariff tariff, NodeTraffic.Load load) {
        return new NodeView(
                node.id(),
                node.name().value(),
                state(node.state()),
                node.heard(),
                node.version(),
                node.build(),
                node.models().stream()
                        .map(served -> new ServedView(served.id().value(), served.context()))
                        .toList(),
                node.slots(),
                node.running(),
                node.waiting(),
                node.kvUsed(),
                node.kvTokens(),
                node.tokensPerSecond(),
                tariff.equals(Tariff.NONE) ? null : tariff.nodeHour(),
                load.requests(),
                load.failed());
    }

    private static StateName state(Fleet.State state) {
        return switch (state) {
            case LOADING -> StateName.loading;
            case READY -> StateName.ready;
            case DRAINING -> StateName.draining;
            case LOST -> StateName.lost;
        };
    }
}
