package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.gguf.GgmlType;
import dev.gatehouse.worker.gguf.Gguf;
import dev.gatehouse.worker.gguf.GgufException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What llama.cpp needs of a {@code deepseek2} file: without some of the metadata it ends the process, and tensors of another
 * shape than the metadata say are as bad.
 */
final class DeepseekCheck {

    private static final List<String> REQUIRED = List.of(
            "context_length",
            "embedding_length",
            "block_count",
            "feed_forward_length",
            "attention.head_count",
            "attention.head_count_kv",
            "attention.key_length",
            "attention.key_length_mla",
            "attention.value_length_mla",
            "attention.kv_lora_rank",
            "rope.dimension_count",
            "expert_count",
            "expert_used_count",
            "expert_shared_count",
            "expert_feed_forward_length");

    private final Gguf head;
    private final Map<String, Gguf.Tensor> tensors;

    private DeepseekCheck(Gguf head) {
        this.head = head;
        this.tensors = head.byName();
    }

    static void check(Gguf head) throws GgufException {
        DeepseekCheck check = new DeepseekCheck(head);
        check.metadata();
        check.shapes();
    }

    private void metadata() throws GgufException {
        for (String key : REQUIRED) {
            number(key);
        }
        if (head.real("deepseek2.attention.layer_norm_rms_epsilon") == null) {
            throw missing("deepseek2.attention.layer_norm_rms_epsilon");
        }
        if (optional("expert_group_count") > 1) {
            number("expert_group_used_count");
        }
        if (optional("expert_group_count") >= number("expert_count")) {
            throw new GgufException("deepseek2.expert_group_count must be less than deepseek2.expert_count");
        }
        if (number("expert_used_count") > number("expert_count")) {
            throw new GgufException("deepseek2.expert_used_count is larger than deepseek2.expert_count");
        }
        if (optional("leading_dense_block_count") > number("block_count")) {
            throw new GgufException("deepseek2.leading_dense_block_count is larger than deepseek2.block_count");
        }
        if (number("attention.key_length") != number("attention.kv_lora_rank") + number("rope.dimension_count")) {
            throw new GgufException("deepseek2.attention.key_length must be kv_lora_rank + rope.dimension_count");
        }
        if (number("attention.key_length_mla") <= number("rope.dimension_count")) {
            throw new GgufException("deepseek2.attention.key_length_mla must be larger than rope.dimension_count");
        }
    }

    private void shapes() throws GgufException {
        long embedding = number("embedding_length");
        long vocab = head.many("tokenizer.ggml.tokens").map(Gguf.Many::length).orElse(0L);
        expect("token_embd.weight", embedding, vocab);
        expect("output_norm.weight", embedding);
        if (tensors.containsKey("output.weight")) {
            expect("output.weight", embedding, vocab);
        }
        for (int block = 0; block < number("block_count"); block++) {
            attention("blk." + block + ".");
            feedForward(block, "blk." + block + ".");
        }
    }

    private void attention(String block) throws GgufException {
        long embedding = number("embedding_length");
        long heads = number("attention.head_count");
        long rope = number("rope.dimension_count");
        long keys = number("attention.key_length_mla");
        long values = number("attention.value_length_mla");
        long rank = number("attention.kv_lora_rank");
        expect(block + "attn_norm.weight", embedding);
        query(block, embedding, heads * keys);
        expect(block + "attn_kv_a_mqa.weight", embedding, rank + rope);
        expect(block + "attn_kv_a_norm.weight", rank);
        expect(block + "attn_k_b.weight", keys - rope, rank, heads);
        expect(block + "attn_v_b.weight", rank, values, heads);
        expect(block + "attn_output.weight", heads * values, embedding);
        expect(block + "ffn_norm.weight", embedding);
    }

    private void query(String block, long embedding, long width) throws GgufException {
        if (tensors.containsKey(block + "attn_q.weight")) {
            expect(block + "attn_q.weight", embedding, width);
            return;
        }
        long rank = number("attention.q_lora_rank");
        expect(block + "attn_q_a.weight", embedding, rank);
        expect(block + "attn_q_a_norm.weight", rank);
        expect(block + "attn_q_b.weight", rank, width);
    }

    private void feedForward(int index, String block) throws GgufException {
        long embedding = number("embedding_length");
        if (index < optional("leading_dense_block_count")) {
            gated(block + "ffn_%s.weight", embedding, number("feed_forward_length"));
            return;
        }
        long experts = number("expert_count");
        long width = number("expert_feed_forward_length");
        expect(block + "ffn_gate_inp.weight", embedding, experts);
        if (tensors.containsKey(block + "exp_probs_b.bias")) {
            expect(block + "exp_probs_b.bias", experts);
        }
        if (tensors.containsKey(block + "ffn_gate_up_exps.weight")) {
            expect(block + "ffn_gate_up_exps.weight", embedding, 2 * width, experts);
            expect(block + "ffn_down_exps.weight", width, embedding, experts);
        } else {
            gated(block + "ffn_%s_exps.weight", embedding, width, experts);
        }
        gated(block + "ffn_%s_shexp.weight", embedding, width * number("expert_shared_count"));
    }

    private void gated(String name, long embedding, long width, long... experts) throws GgufException {
        expect(name.formatted("gate"), shape(embedding, width, experts));
        expect(name.formatted("up"), shape(embedding, width, experts));
        expect(name.formatted("down"), shape(width, embedding, experts));
    }

    private static long[] shape(long first, long second, long... rest) {
        return rest.length == 0 ? new long[] {first, second} : new long[] {first, second, rest[0]};
    }

    private void expect(String name, long... shape) throws GgufException {
        Gguf.Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new GgufException("tensor " + name + " is missing");
        }
        List<Long> wanted = Arrays.stream(shape).boxed().toList();
        if (!tensor.shape().equals(wanted)) {
            throw new GgufException(
                    "tensor " + name + " has the shape " + tensor.shape() + ", and the metadata say " + wanted);
        }
        if (shape.length == 1
                && GgmlType.of(tensor.type()).filter(GgmlType.F32::equals).isEmpty()) {
            throw new GgufException("tensor " + name + " must be F32");
        }
    }

    private long number(String key) throws GgufException {
        String name = "deepseek2." + key;
        long value = head.whole(name).orElseThrow(() -> missing(name));
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw new GgufException("metadata " + name + " is " + value + ", which is out of range");
        }
        return value;
    }

    private long optional(String key) {
        return head.whole("deepseek2." + key).orElse(0L);
    }

    private static GgufException missing(String key) {
        return new GgufException("metadata " + key + " is missing or has the wrong type");
    }
}
