package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the upstreams themselves have recorded, for the books. Every method blocks, within bounds. */
public interface Records {

    /**
     * The upstreams of the last day that keep records.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault when the database is away
     */
    List<NodeName> nodes();

    /** Sums over what has ended of the requests that arrived in a time; empty when the upstream does not answer. */
    Optional<Total> total(NodeName node, Instant from, Instant until);

    /** Sums over what has ended of one request; empty when the upstream does not answer. */
    Optional<Total> total(NodeName node, IntentId request);

    /** Tokens by class: cached ones are part of the prompt, reasoning is part of the completion. */
    record Total(long exchanges, long prompt, long cached, long completion, long reasoning) {

        public static final Total NONE = new Total(0, 0, 0, 0, 0);

        /** With one more exchange. */
        public Total plus(Usage usage) {
            return new Total(
                    exchanges + 1,
                    prompt + usage.prompt(),
                    cached + usage.cached(),
                    completion + usage.completion(),
                    reasoning + usage.reasoning());
        }
    }
}
