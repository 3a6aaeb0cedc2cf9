package dev.gatehouse.worker.ledger;

import java.util.OptionalDouble;

/**
 * What an exchange has cost its node.
 *
 * @param computeMs its share of the time of the steps that it took part in
 * @param kvByteSeconds bytes of KV cache that it held, times seconds
 * @param recomputed tokens that were computed more than once
 * @param joules its share of the processors' energy; empty where that is not known
 * @param bandwidth share of the memory's bandwidth that its steps used, 0 to 1; empty where that is not known
 */
public record Expense(
        double computeMs, double kvByteSeconds, int recomputed, OptionalDouble joules, OptionalDouble bandwidth) {

    public static final Expense NONE = new Expense(0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty());
}
