package dev.gatehouse.gateway.serving.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.RefusedException;
import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.NotFoundException;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.backend.Fleet;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.metering.NodeTraffic;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Tariff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For users of the whole installation: nodes serve all tenants. */
@RestController
@RequestMapping(path = Rule.ROOT + "/nodes", produces = "application/json")
final class NodesController {

    private static final Duration LAST_HOUR = Duration.ofHours(1);

    private final Fleet fleet;
    private final NodeTraffic traffic;
    private final Catalog catalog;
    private final Clock clock;

    NodesController(Fleet fleet, NodeTraffic traffic, Catalog catalog, Clock clock) {
        this.fleet = fleet;
        this.traffic = traffic;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Every node that was heard within the last day. */
    @GetMapping
    Listed<NodeView> listNodes(@AuthenticationPrincipal Actor actor) {
        requireAll(actor);
        List<Fleet.Member> nodes = fleet.members();
        return new Listed<>(views(nodes), null);
    }

    @GetMapping("/{name}")
    NodeView getNode(@AuthenticationPrincipal Actor actor, @PathVariable String name) {
        requireAll(actor);
        return found(fleet.find(name(name)));
    }

    /** It takes no further requests; those that it has go on. */
    @PostMapping("/{name}/drain")
    NodeView drainNode(@AuthenticationPrincipal Actor actor, @PathVariable String name) {
        requireAll(actor);
        return found(fleet.drain(actor, name(name)));
    }

    /** It takes requests again. */
    @PostMapping("/{name}/undrain")
    NodeView undrainNode(@AuthenticationPrincipal Actor actor, @PathVariable String name) {
        requireAll(actor);
        return found(fleet.undrain(actor, name(name)));
    }

    private NodeView found(Optional<Fleet.Member> node) {
        return views(List.of(node.orElseThrow(() -> new NotFoundException("node"))))
                .getFirst();
    }

    private List<NodeView> views(List<Fleet.Member> nodes) {
        Instant now = clock.instant();
        Tariff tariff = catalog.tariff(now);
        Map<NodeName, NodeTraffic.Load> loads = traffic.since(now.minus(LAST_HOUR));
        return nodes.stream()
                .map(node -> NodeView.of(node, tariff, loads.getOrDefault(node.name(), NodeTraffic.Load.NONE)))
                .toList();
    }

    private static NodeName name(String text) {
        return InvalidException.reading("name", () -> new NodeName(text));
    }

    private static void requireAll(Actor actor) {
        if (actor.tenant().isPresent()) {
            throw new RefusedException(
                    RefusedException.Why.FORBIDDEN, "Nodes serve all tenants: ask a user of the whole installation.");
        }
    }
}
