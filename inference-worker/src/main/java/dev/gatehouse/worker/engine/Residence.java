package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.fit.KvType;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is to be held in memory; what is not said is chosen so that it fits.
 *
 * @param kvType of the KV cache; empty: f16, or q8_0 where only that fits
 * @param gpuLayers layers on a GPU, 0 for none; empty: as many as fit
 * @param expertsOnCpu first layers whose routed experts stay with the processor; empty: as few as possible
 */
public record Residence(Optional<KvType> kvType, OptionalInt gpuLayers, OptionalInt expertsOnCpu, LoadMode loadMode) {

    public static final Residence AUTOMATIC =
            new Residence(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), LoadMode.AUTO);
}
