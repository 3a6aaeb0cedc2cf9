package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.net.URI;
import java.util.List;

/** What a node reports of itself. */
record Registration(
        NodeName name,
        URI url,
        String version,
        String build,
        List<Served> models,
        int slots,
        int kvTokens,
        State state,
        Load load) {

    /** A model that a node serves; context and vocabulary in tokens. */
    record Served(ModelName id, String sha256, int context, int vocab) {}

    /** Whether a node takes requests. */
    enum State {
        LOADING,
        READY,
        DRAINING
    }

    /** How busy a node is. */
    record Load(int running, int waiting, int kvUsed, double tokensPerSecond) {}
}
