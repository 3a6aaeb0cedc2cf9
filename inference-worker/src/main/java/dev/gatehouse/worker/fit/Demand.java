package dev.gatehouse.worker.fit;

import java.util.Locale;

/**
 * What running a model takes, in bytes.
 *
 * @param kv for all tokens of the cache
 * @param work for one step: an estimate, where the others are exact
 */
public record Demand(long weights, long kv, long work) {

    private static final int FLOAT = 4;

    /** Buffers that do not depend on the model. */
    private static final long BASE = 64L << 20;

    /** Rows of the embedding's width that a layer keeps at a time. */
    private static final int ACTIVATIONS = 8;

    /** Gate, up and their product. */
    private static final int EXPERT_ROWS = 3;

    /**
     * How much is to run at a time.
     *
     * @param kvTokens of the cache
     * @param rows of one step
     * @param slots sequences, each of which may want logits of one row
     */
    public record Load(long kvTokens, int rows, int slots) {

        /** The smallest cache that is of use. */
        static final int LEAST_TOKENS = 256;

        /** What the scheduler puts into one step at most. */
        public static final int MOST_ROWS = 512;
    }

    public static Demand of(Anatomy model, Load load, KvType type) {
        long row = (long) ACTIVATIONS * model.embedding()
                + (long) EXPERT_ROWS * Math.max(1, model.used()) * model.expertWidth()
                + 2 * load.kvTokens();
        long logits = (long) load.slots() * model.vocabulary();
        return new Demand(
                model.weightBytes(),
                load.kvTokens() * model.kvBytes(type),
                BASE + FLOAT * (load.rows() * row + logits));
    }

    public long total() {
        return weights + kv + work;
    }

    @Override
    public String toString() {
        return "weights %s, KV cache %s, work space about %s".formatted(size(weights), size(kv), size(work));
    }

    /** For people: GB above one, else MB. */
    public static String size(long bytes) {
        return bytes >= 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
                : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
