package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** This gateway's view of the nodes: what they told it, and what they told the others by way of the directory. */
@Component
final class NodeRegistry {

    private static final Logger log = LoggerFactory.getLogger(NodeRegistry.class);

    private final NodeDirectory directory;
    private final NodeProperties properties;
    private final Clock clock;
    private final Map<NodeName, Heard> nodes = new ConcurrentHashMap<>();
    private final Set<NodeName> suspects = ConcurrentHashMap.newKeySet();
    private boolean blind;

    NodeRegistry(NodeDirectory directory, NodeProperties properties, Clock clock) {
        this.directory = directory;
        this.properties = properties;
        this.clock = clock;
    }

    /** Takes a node's report; blocks on the database. */
    void heard(Registration registration) {
        note(new Heard(registration, clock.instant()));
        suspects.remove(registration.name());
        directory.heard(registration);
    }

    /** Does not choose a node again until it next reports. */
    void suspect(NodeName node) {
        suspects.add(node);
    }

    /** Ready nodes that serve a model, least busy first. */
    List<Registration> serving(ModelName model) {
        return nodes.values().stream()
                .filter(this::healthy)
                .map(Heard::registration)
                .filter(node ->
                        node.models().stream().anyMatch(served -> served.id().equals(model)))
                .sorted(Comparator.comparingDouble(NodeRegistry::busy))
                .toList();
    }

    /** @throws IllegalArgumentException for a node that never registered */
    URI url(NodeName node) {
        Heard heard = nodes.get(node);
        if (heard == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return heard.registration().url();
    }

    @Scheduled(fixedDelay = 1000)
    void refresh() {
        try {
            directory.all().forEach(this::note);
            blind = false;
        } catch (Fault unreachable) {
            if (!blind) {
                log.warn("The nodes' directory can not be read; going on with what is known", unreachable);
            }
            blind = true;
        }
    }

    private void note(Heard heard) {
        nodes.merge(heard.registration().name(), heard, (old, now) -> old.at().isAfter(now.at()) ? old : now);
    }

    private boolean healthy(Heard heard) {
        return heard.registration().state() == Registration.State.READY
                && !suspects.contains(heard.registration().name())
                && heard.at().plus(properties.silent()).isAfter(clock.instant());
    }

    private static double busy(Registration node) {
        return (double) (node.load().running() + node.load().waiting()) / Math.max(1, node.slots());
    }
}
