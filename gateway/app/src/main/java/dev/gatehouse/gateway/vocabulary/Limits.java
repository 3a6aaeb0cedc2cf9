package dev.gatehouse.gateway.vocabulary;

import java.util.OptionalInt;

/**
 * How many requests a minute a caller may make; empty where the gateway's default holds.
 *
 * @param key of this key
 * @param tenant of all the tenant's keys together
 */
public record Limits(OptionalInt key, OptionalInt tenant) {

    public static final Limits DEFAULT = new Limits(OptionalInt.empty(), OptionalInt.empty());
}
