package dev.gatehouse.bench.model;

/** {@code qwen3moe}: Qwen3's mixtures of experts. */
record QwenArchitecture(Shape shape, Attention.Grouped grouped) implements Architecture {

    @Override
    public String name() {
        return "qwen3moe";
    }

    @Override
    public void describe(GgufFile file, int vocabulary) {
        Experts experts = shape.experts();
        file.whole("qwen3moe.context_length", shape.context())
                .whole("qwen3moe.embedding_length", shape.embedding())
                .whole("qwen3moe.block_count", shape.layers())
                .whole("qwen3moe.feed_forward_length", shape.denseWidth())
                .whole("qwen3moe.vocab_size", vocabulary)
                .real("qwen3moe.attention.layer_norm_rms_epsilon", 1e-6f)
                .whole("qwen3moe.attention.head_count", grouped.heads())
                .whole("qwen3moe.attention.head_count_kv", grouped.keyHeads())
                .whole("qwen3moe.attention.key_length", grouped.width())
                .whole("qwen3moe.attention.value_length", grouped.width())
                .real("qwen3moe.rope.freq_base", 1_000_000)
                .whole("qwen3moe.expert_count", experts.count())
                .whole("qwen3moe.expert_used_count", experts.used())
                .whole("qwen3moe.expert_feed_forward_length", experts.width());
    }

    @Override
    public void attention(String block, ShapedModel model) {
        int embedding = shape.embedding();
        long query = (long) grouped.heads() * grouped.width();
        long key = (long) grouped.keyHeads() * grouped.width();
        model.ones(block + "attn_norm.weight", embedding);
        model.projection(block + "attn_q.weight", embedding, query);
        model.projection(block + "attn_k.weight", embedding, key);
        model.projection(block + "attn_v.weight", embedding, key);
        model.projection(block + "attn_output.weight", query, embedding);
        model.ones(block + "attn_q_norm.weight", grouped.width());
        model.ones(block + "attn_k_norm.weight", grouped.width());
    }
}
