package dev.gatehouse.bench.node;

/** Whether the node takes new exchanges. */
final class Readiness {

    private volatile boolean draining;

    boolean accepts() {
        return !draining;
    }

    void drain(boolean on) {
        draining = on;
    }

    /** The word for it in the node protocol. */
    String state() {
        return draining ? "draining" : "ready";
    }
}
