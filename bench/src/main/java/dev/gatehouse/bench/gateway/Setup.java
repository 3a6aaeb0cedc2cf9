package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.host.Gatehouse;
import dev.gatehouse.bench.host.Nginx;
import dev.gatehouse.bench.load.Client;
import dev.gatehouse.bench.node.MockNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that takes part in a run: the node, its callers, and who may stand between them.
 *
 * @param direct the node itself
 * @param gateway absent when only the peer is measured
 */
record Setup(MockNode node, Client client, Target direct, Target nginx, Optional<Target> gateway) {

    static Setup of(MockNode node, Client client, Nginx nginx, Optional<Gatehouse> gatehouse, String model) {
        return new Setup(
                node,
                client,
                new Target("direct", node.address(), "", model, List.of(), List.of()),
                new Target("nginx", nginx.address(), "", model, List.of(nginx.processes()), List.of()),
                gatehouse.map(system -> new Target(
                        "gateway",
                        system.address(),
                        system.apiKey(),
                        model,
                        List.of(system.gateway()),
                        List.of(system.database()))));
    }

    /** Those between callers and node, the one that matters most last. */
    List<Target> proxies() {
        return Stream.concat(Stream.of(nginx), gateway.stream()).toList();
    }

    /** The one that matters most. */
    Target subject() {
        return gateway.orElse(nginx);
    }
}
