package dev.gatehouse.worker.engine;

import java.util.OptionalDouble;

/**
 * What a request has cost the node.
 *
 * @param computeMs its share of the time of the steps that it took part in; the shares of all requests and the idle time add up
 *     to the node's time
 * @param kvByteSeconds bytes of KV cache that it held, times seconds; cells that several requests use are shared out evenly
 * @param recomputed tokens that were computed again after its cells had to give way
 * @param joules its share of what the processors used during these steps; empty where that can not be read
 * @param bandwidth of the memory's, what the weights and cells that its steps read amount to, 0 to 1; empty where that is not known
 */
public record Cost(
        double computeMs, double kvByteSeconds, int recomputed, OptionalDouble joules, OptionalDouble bandwidth) {

    public static final Cost NONE = new Cost(0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty());
}
