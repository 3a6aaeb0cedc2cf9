package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** This gateway's view of the nodes: what they told it, and what they told the others by way of the directory. */
@Component
final class NodeRegistry {

    /** Nodes report less often, so what is newer by less is the same report, heard again by way of the directory. */
    private static final Duration SAME_REPORT = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(NodeRegistry.class);

    private final NodeDirectory directory;
    private final NodeProperties properties;
    private final Clock clock;
    private final Map<NodeName, Known> nodes = new ConcurrentHashMap<>();
    private final Map<NodeName, Instant> suspected = new ConcurrentHashMap<>();

    /** Exchanges of this gateway that are under way. */
    private final Map<NodeName, Integer> open = new ConcurrentHashMap<>();

    private boolean blind;

    /** @param counted exchanges of this gateway that the report's load holds already */
    private record Known(Heard heard, int counted) {}

    private record Choice(Registration node, double busy) {}

    NodeRegistry(NodeDirectory directory, NodeProperties properties, Clock clock) {
        this.directory = directory;
        this.properties = properties;
        this.clock = clock;
    }

    /** Takes a node's report; blocks on the database. A new node is chosen once the directory has it: recovery asks those. */
    void heard(Registration registration) {
        Heard now = new Heard(registration, clock.instant());
        if (nodes.containsKey(registration.name())) {
            note(now);
        }
        directory.heard(registration);
        note(now);
    }

    /** How many nodes can be chosen now. */
    long ready() {
        return nodes.values().stream().map(Known::heard).filter(this::healthy).count();
    }

    /** Does not choose a node again until it next reports, here or to another gateway. */
    void suspect(NodeName node) {
        suspected.put(node, clock.instant());
    }

    /** An exchange with the node begins; {@link #closed} follows. */
    void opened(NodeName node) {
        open.merge(node, 1, Integer::sum);
    }

    /** An exchange with the node has ended. */
    void closed(NodeName node) {
        open.computeIfPresent(node, (name, count) -> count - 1);
    }

    /** Ready nodes that serve a model, least busy first; those that are equally busy in random order. */
    List<Registration> serving(ModelName model) {
        List<Choice> choices = new ArrayList<>();
        for (Known known : nodes.values()) {
            if (healthy(known.heard()) && serves(known.heard().registration(), model)) {
                choices.add(new Choice(known.heard().registration(), busy(known)));
            }
        }
        Collections.shuffle(choices);
        choices.sort(Comparator.comparingDouble(Choice::busy));
        return choices.stream().map(Choice::node).toList();
    }

    /** Whether a node can be chosen now and has another one's build and its very file of the model, so that it says what that one would. */
    boolean continues(NodeName begun, NodeName next, ModelName model) {
        Known one = nodes.get(begun);
        Known other = nodes.get(next);
        return one != null
                && other != null
                && healthy(other.heard())
                && alike(one.heard().registration(), other.heard().registration(), model);
    }

    private static boolean alike(Registration one, Registration other, ModelName model) {
        return one.build().equals(other.build())
                && sha256(one, model).isPresent()
                && sha256(one, model).equals(sha256(other, model));
    }

    private static Optional<String> sha256(Registration node, ModelName model) {
        return node.models().stream()
                .filter(served -> served.id().equals(model))
                .map(Registration.Served::sha256)
                .findFirst();
    }

    /** @throws IllegalArgumentException for a node that never registered */
    URI url(NodeName node) {
        Known known = nodes.get(node);
        if (known == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return known.heard().registration().url();
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

    private void note(Heard now) {
        nodes.compute(now.registration().name(), (name, old) -> later(old, now));
    }

    private Known later(@Nullable Known old, Heard now) {
        if (old == null || now.at().isAfter(old.heard().at().plus(SAME_REPORT))) {
            return new Known(now, open(now.registration().name()));
        }
        return old.heard().at().isAfter(now.at()) ? old : new Known(now, old.counted());
    }

    private boolean healthy(Heard heard) {
        Instant suspicion = suspected.get(heard.registration().name());
        return heard.registration().state() == Registration.State.READY
                && (suspicion == null || heard.at().isAfter(suspicion))
                && heard.at().plus(properties.silent()).isAfter(clock.instant());
    }

    private static boolean serves(Registration node, ModelName model) {
        return node.models().stream().anyMatch(served -> served.id().equals(model));
    }

    /** What others had there when the node reported, and what this gateway has there now. */
    private double busy(Known known) {
        Registration node = known.heard().registration();
        int reported = node.load().running() + node.load().waiting();
        int others = Math.max(0, reported - known.counted());
        return (double) (others + open(node.name())) / Math.max(1, node.slots());
    }

    private int open(NodeName node) {
        return open.getOrDefault(node, 0);
    }
}
