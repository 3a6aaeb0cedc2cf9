package dev.gatehouse.gateway.access;

import java.util.Arrays;
import java.util.Optional;

/** Groups of public paths, as a key's scopes name them. */
public enum Endpoint {
    /** {@code /v1/chat/completions} */
    CHAT("chat"),
    /** {@code /v1/messages} and what is below it */
    MESSAGES("messages"),
    /** {@code /v1/models} and what is below it */
    MODELS("models");

    private final String wire;

    Endpoint(String wire) {
        this.wire = wire;
    }

    /** The name in scopes. */
    public String wire() {
        return wire;
    }

    /** The group of that name; empty when this version knows none. */
    public static Optional<Endpoint> of(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire.equals(wire)).findFirst();
    }
}
