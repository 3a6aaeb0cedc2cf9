package dev.gatehouse.bench.model;

/** {@code deepseek2}: DeepSeek V2, V3 and R1, and what is built like them. */
record DeepseekArchitecture(Shape shape, Attention.Latent latent) implements Architecture {

    private static final int SOFTMAX = 1;
    private static final int SIGMOID = 2;

    /** By this number of layers llama.cpp knows a model that has no query rank. */
    private static final int LITE = 27;

    DeepseekArchitecture {
        if (latent.queryRank() == 0 && shape.layers() != LITE) {
            throw new IllegalArgumentException("a model without a query rank has " + LITE + " layers: leave them");
        }
    }

    @Override
    public String name() {
        return "deepseek2";
    }

    @Override
    public void describe(GgufFile file, int vocabulary) {
        file.whole("deepseek2.context_length", shape.context())
                .whole("deepseek2.embedding_length", shape.embedding())
                .whole("deepseek2.block_count", shape.layers())
                .whole("deepseek2.leading_dense_block_count", shape.dense())
                .whole("deepseek2.feed_forward_length", shape.denseWidth())
                .whole("deepseek2.vocab_size", vocabulary);
        attention(file);
        experts(file);
    }

    private void attention(GgufFile file) {
        file.real("deepseek2.attention.layer_norm_rms_epsilon", 1e-6f)
                .whole("deepseek2.attention.head_count", latent.heads())
                .whole("deepseek2.attention.head_count_kv", 1)
                .whole("deepseek2.attention.kv_lora_rank", latent.keyRank())
                .whole("deepseek2.attention.key_length", latent.keyRank() + latent.rope())
                .whole("deepseek2.attention.value_length", latent.keyRank())
                .whole("deepseek2.attention.key_length_mla", latent.key() + latent.rope())
                .whole("deepseek2.attention.value_length_mla", latent.value())
                .whole("deepseek2.rope.dimension_count", latent.rope())
                .real("deepseek2.rope.freq_base", 10_000)
                .text("deepseek2.rope.scaling.type", "yarn")
                .real("deepseek2.rope.scaling.factor", 4)
                .whole("deepseek2.rope.scaling.original_context_length", shape.context() / 4)
                .real("deepseek2.rope.scaling.yarn_log_multiplier", 0.1f);
        if (latent.queryRank() > 0) {
            file.whole("deepseek2.attention.q_lora_rank", latent.queryRank());
        }
    }

    private void experts(GgufFile file) {
        Experts experts = shape.experts();
        file.whole("deepseek2.expert_count", experts.count())
                .whole("deepseek2.expert_used_count", experts.used())
                .whole("deepseek2.expert_shared_count", experts.shared())
                .whole("deepseek2.expert_group_count", experts.groups())
                .whole("deepseek2.expert_group_used_count", experts.groupsUsed())
                .whole("deepseek2.expert_feed_forward_length", experts.width())
                .whole("deepseek2.expert_gating_func", experts.sigmoid() ? SIGMOID : SOFTMAX)
                .real("deepseek2.expert_weights_scale", experts.sigmoid() ? 2.5f : 1)
                .flag("deepseek2.expert_weights_norm", experts.sigmoid());
    }

    @Override
    public void attention(String block, ShapedModel model) {
        int embedding = shape.embedding();
        int heads = latent.heads();
        int query = heads * (latent.key() + latent.rope());
        model.ones(block + "attn_norm.weight", embedding);
        if (latent.queryRank() == 0) {
            model.projection(block + "attn_q.weight", embedding, query);
        } else {
            model.projection(block + "attn_q_a.weight", embedding, latent.queryRank());
            model.ones(block + "attn_q_a_norm.weight", latent.queryRank());
            model.projection(block + "attn_q_b.weight", latent.queryRank(), query);
        }
        model.projection(block + "attn_kv_a_mqa.weight", embedding, latent.keyRank() + latent.rope());
        model.ones(block + "attn_kv_a_norm.weight", latent.keyRank());
        model.projection(block + "attn_k_b.weight", latent.key(), latent.keyRank(), heads);
        model.projection(block + "attn_v_b.weight", latent.keyRank(), latent.value(), heads);
        model.projection(block + "attn_output.weight", (long) heads * latent.value(), embedding);
    }
}
