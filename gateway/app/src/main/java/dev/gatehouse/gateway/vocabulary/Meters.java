package dev.gatehouse.gateway.vocabulary;

import java.util.OptionalDouble;

/**
 * Where an upstream spent an exchange's time, in milliseconds, and what that took of it.
 *
 * @param stepRows mean number of sequences that shared its decode steps
 * @param computeMs the exchange's share of the time of its steps, which is what it costs
 * @param kvByteSeconds bytes of KV cache that it held, times seconds
 * @param joules its share of the energy; empty where the upstream can not read it
 */
public record Meters(
        double queueMs,
        double prefillMs,
        double decodeMs,
        double stepRows,
        double computeMs,
        double kvByteSeconds,
        OptionalDouble joules) {

    public static final Meters NONE = new Meters(0, 0, 0, 0, 0, 0, OptionalDouble.empty());
}
