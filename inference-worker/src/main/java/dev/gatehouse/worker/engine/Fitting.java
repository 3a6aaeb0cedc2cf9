package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.fit.Anatomy;
import dev.gatehouse.worker.fit.Demand;
import dev.gatehouse.worker.fit.Fit;
import dev.gatehouse.worker.fit.KvType;
import dev.gatehouse.worker.fit.Memory;
import dev.gatehouse.worker.fit.Placement;
import dev.gatehouse.worker.llama.LlamaModel.Loading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides before a model is loaded whether and how it fits, and says so.
 *
 * @param load at most so much runs at a time
 */
record Fitting(Anatomy model, Demand.Load load, Residence wanted) {

    private static final Logger LOG = LoggerFactory.getLogger(Fitting.class);

    /**
     * How to load it into this memory.
     *
     * @throws EngineStartException it does not fit; the message says by how much and what would help
     */
    Loading into(Memory memory) throws EngineStartException {
        return switch (Fit.of(model, new Fit.Wish(load, wanted.kvType()), memory)) {
            case Fit.Fits fits -> fitting(fits, memory);
            case Fit.TooLarge no when wanted.loadMode() == LoadMode.MMAP -> mapped(no);
            case Fit.TooLarge no -> throw new EngineStartException(no.explanation());
        };
    }

    private Loading fitting(Fit.Fits fits, Memory memory) {
        LOG.info(
                "The model needs {}: {}; free: {} and {} of GPU memory; KV cache {}, {}",
                Demand.size(fits.demand().total()),
                fits.demand(),
                Demand.size(memory.host()),
                Demand.size(memory.device()),
                fits.type().text(),
                fits.placement());
        return loading(fits.type(), fits.placement());
    }

    private Loading mapped(Fit.TooLarge no) {
        LOG.warn(
                "{} It is mapped, as load-mode says: weights are read from the disk again and again", no.explanation());
        return loading(no.type(), Placement.CPU);
    }

    private Loading loading(KvType type, Placement chosen) {
        return new Loading(
                wanted.gpuLayers().orElse(chosen.gpuLayers()),
                wanted.expertsOnCpu().orElse(chosen.expertsOnCpu()),
                wanted.loadMode().text(),
                type.text());
    }
}
