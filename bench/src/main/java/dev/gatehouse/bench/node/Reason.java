package dev.gatehouse.bench.node;

/** How an exchange ended. */
enum Reason {
    STOP("stop"),
    LENGTH("length"),
    CANCELLED("cancelled"),
    DISCONNECTED("disconnected");

    private final String wire;

    Reason(String wire) {
        this.wire = wire;
    }

    /** The word for it in the node protocol. */
    String wire() {
        return wire;
    }
}
