package dev.gatehouse.worker.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a model goes into a memory, if it does. */
public sealed interface Fit {

    /**
     * It does.
     *
     * @param type of the KV cache
     */
    record Fits(Demand demand, KvType type, Placement placement) implements Fit {}

    /**
     * It does not.
     *
     * @param waysOn what would help, most useful first
     */
    record TooLarge(Demand demand, KvType type, Memory memory, List<String> waysOn) implements Fit {

        /** One paragraph for a person. */
        public String explanation() {
            return "The model needs %s (%s), and %s are free%s. Ways on: %s."
                    .formatted(
                            Demand.size(demand.total()),
                            demand,
                            Demand.size(memory.host()),
                            memory.device() > 0 ? " beside " + Demand.size(memory.device()) + " of GPU memory" : "",
                            String.join("; ", waysOn));
        }
    }

    /**
     * What is asked for.
     *
     * @param type of the KV cache; empty: f16, or q8_0 where only that fits
     */
    record Wish(Demand.Load load, Optional<KvType> type) {}

    /** The fastest way in which the model goes into the memory. */
    static Fit of(Anatomy model, Wish wish, Memory memory) {
        List<KvType> types = wish.type().map(List::of).orElse(List.of(KvType.F16, KvType.Q8_0));
        for (KvType type : types) {
            Demand demand = Demand.of(model, wish.load(), type);
            Optional<Placement> placement = place(model, demand, memory);
            if (placement.isPresent()) {
                return new Fits(demand, type, placement.get());
            }
        }
        KvType smallest = types.getLast();
        return new TooLarge(
                Demand.of(model, wish.load(), smallest), smallest, memory, waysOn(model, wish, smallest, memory));
    }

    /** All on the GPU, else all but experts, else some layers, else all on the CPU. */
    private static Optional<Placement> place(Anatomy model, Demand demand, Memory memory) {
        if (demand.total() <= memory.device()) {
            return Optional.of(Placement.GPU);
        }
        if (memory.device() > 0 && demand.total() <= memory.host() + memory.device()) {
            return Optional.of(split(model, demand, memory));
        }
        return demand.total() <= memory.host() ? Optional.of(Placement.CPU) : Optional.empty();
    }

    private static Placement split(Anatomy model, Demand demand, Memory memory) {
        int layers = Math.max(1, model.layers());
        long room = memory.device() - (demand.total() - model.expertBytes());
        if (model.expertBytes() > 0 && room >= 0) {
            long each = Math.max(1, model.expertBytes() / layers);
            return new Placement(-1, layers - (int) Math.min(layers, room / each));
        }
        long each = Math.max(1, (demand.weights() + demand.kv()) / layers);
        return new Placement((int) Math.clamp((memory.device() - demand.work()) / each, 0, layers), 0);
    }

    private static List<String> waysOn(Anatomy model, Wish wish, KvType type, Memory memory) {
        List<String> ways = new ArrayList<>();
        long all = memory.host() + memory.device();
        Demand demand = Demand.of(model, wish.load(), type);
        Demand q8 = Demand.of(model, wish.load(), KvType.Q8_0);
        if (type == KvType.F16 && q8.total() <= all) {
            ways.add("a KV cache of q8_0 (kv-type=q8_0), which takes half");
        }
        long tokens = mostTokens(model, wish.load(), type, all);
        if (tokens >= Demand.Load.LEAST_TOKENS) {
            ways.add("a KV cache of at most %d tokens (kv-tokens=%d)".formatted(tokens, tokens));
        }
        long weights = all - demand.kv() - demand.work();
        if (weights > 0) {
            ways.add("a file with a smaller quantisation: at most %s of weights".formatted(Demand.size(weights)));
        }
        ways.add("to read weights from the disk whenever they are needed (load-mode=mmap), which is slow");
        return ways;
    }

    /** All that a token of the cache takes grows in proportion. */
    private static long mostTokens(Anatomy model, Demand.Load load, KvType type, long bytes) {
        long none = Demand.of(model, new Demand.Load(0, load.rows(), load.slots()), type)
                .total();
        long each = Demand.of(model, new Demand.Load(1, load.rows(), load.slots()), type)
                        .total()
                - none;
        return (bytes - none) / Math.max(1, each);
    }
}
