package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Our own inference nodes as administrators see them, by what the nodes reported last. Every method throws a {@code DATABASE_UNAVAILABLE} fault
 * when PostgreSQL is away.
 */
public interface Fleet {

    /** Every node that was heard within the last day, by name. */
    List<Member> members();

    Optional<Member> find(NodeName name);

    /**
     * Makes a node take no further requests; those that it has go on. An administrative act.
     *
     * @return the node as it answers; empty when there is none of that name
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code UPSTREAM_LOST} when it does not answer, {@code UPSTREAM_FAILED} when it refuses
     */
    Optional<Member> drain(Actor actor, NodeName name);

    /** Lets a drained node take requests again. As {@link #drain}. */
    Optional<Member> undrain(Actor actor, NodeName name);

    /** What a node does; {@code LOST} when it has been silent for too long to be chosen. */
    enum State {
        LOADING,
        READY,
        DRAINING,
        LOST
    }

    /** A model that a node serves; context in tokens. */
    record Served(ModelName id, int context) {}

    /**
     * A node.
     *
     * @param heard when it last reported
     * @param slots how many exchanges run at a time
     * @param kvUsed tokens of {@code kvTokens} that its cache holds
     */
    record Member(
            UUID id,
            NodeName name,
            State state,
            Instant heard,
            String version,
            String build,
            List<Served> models,
            int slots,
            int running,
            int waiting,
            int kvUsed,
            int kvTokens,
            double tokensPerSecond) {}
}
