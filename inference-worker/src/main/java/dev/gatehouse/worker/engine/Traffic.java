package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.fit.Anatomy;
import dev.gatehouse.worker.fit.KvType;
import java.util.OptionalDouble;

/**
 * What a step of a model reads from memory. Experts count as if they were picked evenly and independently of each other.
 *
 * @param cellBytes of the KV cache, of one token
 * @param commonBytes weights that every step reads
 * @param expertBytes weights of all routed experts
 * @param used share of the experts that one token picks
 * @param bandwidth of the memory, in bytes a second
 */
record Traffic(long cellBytes, long commonBytes, long expertBytes, double used, OptionalDouble bandwidth) {

    private static final double NANOS = 1e9;

    static Traffic of(Anatomy model, KvType type, OptionalDouble bandwidth) {
        return new Traffic(
                model.kvBytes(type),
                model.commonBytes(),
                model.expertBytes(),
                (double) model.used() / Math.max(1, model.experts()),
                bandwidth);
    }

    /** Share of the bandwidth that a step of this shape has used; empty if the bandwidth is not known. */
    OptionalDouble share(StepCost.Shape shape, long nanos) {
        return bandwidth.isEmpty() || nanos == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(bytes(shape) / (bandwidth.getAsDouble() * nanos / NANOS));
    }

    private double bytes(StepCost.Shape shape) {
        double picked = 1 - Math.pow(1 - used, shape.decode() + shape.prompt());
        return commonBytes + expertBytes * picked + (double) shape.before() * cellBytes;
    }
}
