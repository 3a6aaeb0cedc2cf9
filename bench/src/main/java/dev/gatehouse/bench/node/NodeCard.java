package dev.gatehouse.bench.node;

import java.util.List;
import java.util.Map;

/** What the node says of itself in health and registration. */
record NodeCard(String name, String model) {

    private static final String VERSION = "0.1.0";
    private static final String BUILD = "bench";
    private static final String MODEL_SHA256 = NodeKey.sha256(new byte[0]);
    private static final int CONTEXT = 32_768;
    private static final int VOCABULARY = 512;
    private static final int SLOTS = 4_096;
    private static final Load IDLE = new Load(0, 0, 0, 0);

    record ModelCard(String id, String sha256, int context, int vocab) {}

    record Load(int running, int waiting, int kvUsed, double tokensPerSecond) {}

    record Registration(
            String url,
            String version,
            String build,
            List<ModelCard> models,
            int slots,
            int kvTokens,
            String state,
            Load load) {}

    Registration registration(String url, Readiness readiness) {
        ModelCard card = new ModelCard(model, MODEL_SHA256, CONTEXT, VOCABULARY);
        return new Registration(url, VERSION, BUILD, List.of(card), SLOTS, SLOTS * CONTEXT, readiness.state(), IDLE);
    }

    Map<String, Object> health(Readiness readiness) {
        return Map.of(
                "state", readiness.state(),
                "name", name,
                "version", VERSION,
                "build", BUILD,
                "tickets", true,
                "engine", "echo",
                "model", model,
                "progress", 1.0,
                "load", IDLE);
    }
}
