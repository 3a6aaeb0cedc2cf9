package dev.gatehouse.gateway.database;

import java.security.SecureRandom;

/**
 * This run of this gateway.
 *
 * @param name unique among the gateways on one database
 * @param startId positive and random: a new one at every start; the gateway holds the advisory lock of this number while it lives
 */
public record Instance(String name, long startId) {

    static Instance starting(String name) {
        return new Instance(name, new SecureRandom().nextLong(1, Long.MAX_VALUE));
    }
}
