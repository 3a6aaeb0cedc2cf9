package dev.gatehouse.launcher;

import java.util.List;
import java.util.Optional;

/**
 * What {@code up} was asked for.
 *
 * @param port of the first gateway; 0 takes any free one
 * @param workers how many; 0 leaves registering nodes to others
 * @param gateways how many, at least 1
 * @param model what {@link Model#choose} understands
 * @param gatewaySettings properties of every gateway, each {@code name=value}
 * @param databaseUrl JDBC URL of a PostgreSQL that is not ours to start
 * @param trainFirst whether {@link Training} comes before the gateways, so that they gain from it, rather than after everything answers
 */
record Settings(
        int port,
        int workers,
        int gateways,
        String model,
        List<String> gatewaySettings,
        Optional<String> databaseUrl,
        boolean trainFirst) {
    /** The model that comes with the worker. */
    static final String BUNDLED_MODEL = "tiny-moe";
}
