package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.vocabulary.IntentId;

/**
 * A request that has just arrived.
 *
 * @param id also the client's {@code x-request-id}
 * @param address the client's network address
 * @param nanos {@link System#nanoTime} of its arrival
 */
public record Arrival(IntentId id, String address, long nanos) {}
