package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Notices nodes that fall silent. A gateway that has just started looks only once every node has had the time to report to it: while all gateways
 * were away no node could.
 */
@Component
final class NodeWatch {

    private static final Logger log = LoggerFactory.getLogger(NodeWatch.class);

    private final NodeDirectory directory;
    private final Clock clock;
    private final Duration silent;
    private final Instant begin;

    NodeWatch(NodeDirectory directory, NodeProperties properties, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        this.silent = properties.silent();
        this.begin = clock.instant().plus(silent);
    }

    @Scheduled(fixedDelay = 1000)
    void look() {
        if (clock.instant().isBefore(begin)) {
            return;
        }
        try {
            directory.tellOfLost(silent).forEach(node -> log.warn("The node {} is lost: it has not reported", node));
        } catch (Fault away) {
            log.debug("Lost nodes are not looked for: {}", away.getMessage());
        }
    }
}
