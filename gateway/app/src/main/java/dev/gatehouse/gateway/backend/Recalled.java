package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one intent.
 *
 * @param complete there are upstreams, every one has answered, and none is still at it; otherwise there may be more
 */
public record Recalled(List<Attempt> attempts, boolean complete) {

    /** One attempt as its upstream recorded it. */
    public record Attempt(NodeName node, int number, String reason, Usage usage) {}

    /** How the last attempt ended. */
    public Optional<String> reason() {
        return attempts.isEmpty()
                ? Optional.empty()
                : Optional.of(attempts.getLast().reason());
    }
}
