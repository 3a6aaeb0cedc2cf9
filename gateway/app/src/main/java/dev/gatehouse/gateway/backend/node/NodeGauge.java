package dev.gatehouse.gateway.backend.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** {@code gatehouse.nodes.ready}: how many nodes this gateway can choose from. */
@Component
final class NodeGauge implements MeterBinder {

    private final NodeRegistry nodes;

    NodeGauge(NodeRegistry nodes) {
        this.nodes = nodes;
    }

    @Override
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder("gatehouse.nodes.ready", nodes, NodeRegistry::ready)
                .description("Nodes that report, are ready and are not suspect")
                .register(metrics);
    }
}
