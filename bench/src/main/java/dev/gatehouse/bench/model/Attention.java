package dev.gatehouse.bench.model;

/** How a layer attends. */
sealed interface Attention {

    int heads();

    /**
     * DeepSeek's latent attention: one compressed key and value for all heads.
     *
     * @param queryRank 0: queries are not compressed
     * @param keyRank of what the KV cache keeps, without the rotated part
     * @param rope rotated part of a key
     * @param key part of a key that is not rotated, one head
     * @param value of one head
     */
    record Latent(int heads, int queryRank, int keyRank, int rope, int key, int value) implements Attention {}

    /**
     * Grouped queries: several heads share keys and values.
     *
     * @param keyHeads heads that have keys and values of their own
     * @param width of a head
     */
    record Grouped(int heads, int keyHeads, int width) implements Attention {}
}
