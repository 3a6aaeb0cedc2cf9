package dev.gatehouse.worker.fit;

import dev.gatehouse.worker.gguf.Gguf;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What of a model takes memory, and how much of it a token needs.
 *
 * @param layers that have a KV cache
 * @param embedding width
 * @param vocabulary tokens
 * @param experts of a layer; 0 for a dense model
 * @param used experts of a token
 * @param expertWidth of one expert
 * @param kvValues that the KV cache keeps of one token, over all layers
 * @param weightBytes all weights
 * @param expertBytes those of routed experts
 * @param rowBytes those of which a token reads one row: the embeddings, where the output has weights of its own
 */
public record Anatomy(
        String architecture,
        int layers,
        int embedding,
        int vocabulary,
        int context,
        int experts,
        int used,
        int expertWidth,
        long kvValues,
        long weightBytes,
        long expertBytes,
        long rowBytes) {

    private static final Pattern EXPERTS = Pattern.compile(".*\\.ffn_(up|down|gate|gate_up)_exps\\.weight");

    /** Reads it off a head; what a head does not say counts as 0. */
    public static Anatomy of(Gguf head) {
        Facts facts = new Facts(head);
        boolean tied = !head.byName().containsKey("output.weight");
        return new Anatomy(
                facts.architecture(),
                facts.number("block_count"),
                facts.number("embedding_length"),
                (int) head.many("tokenizer.ggml.tokens")
                        .map(Gguf.Many::length)
                        .orElse(0L)
                        .longValue(),
                facts.number("context_length"),
                facts.number("expert_count"),
                facts.number("expert_used_count"),
                facts.number("expert_feed_forward_length"),
                facts.kvValues(),
                bytes(head, name -> true),
                bytes(head, EXPERTS.asMatchPredicate()),
                tied ? 0 : bytes(head, "token_embd.weight"::equals));
    }

    /** Bytes of the KV cache for one token. */
    public long kvBytes(KvType type) {
        return type.bytes(kvValues);
    }

    /** Weights that every token reads. */
    public long commonBytes() {
        return weightBytes - expertBytes - rowBytes;
    }

    private static long bytes(Gguf head, Predicate<String> which) {
        return head.tensors().stream()
                .filter(tensor -> which.test(tensor.name()))
                .mapToLong(Gguf.Tensor::bytes)
                .sum();
    }

    /** Metadata of an architecture. */
    private record Facts(Gguf head, String architecture) {

        Facts(Gguf head) {
            this(head, head.text("general.architecture").orElse(""));
        }

        int number(String key) {
            return (int) Math.clamp(head.whole(architecture + "." + key).orElse(0L), 0, Integer.MAX_VALUE);
        }

        int number(String key, int otherwise) {
            int number = number(key);
            return number == 0 ? otherwise : number;
        }

        /** Latent attention keeps one compressed key a layer, other attention keys and values of its key heads. */
        long kvValues() {
            int layers = number("block_count");
            if (number("attention.kv_lora_rank") > 0 && number("attention.key_length_mla") > 0) {
                return (long) layers * (number("attention.kv_lora_rank") + number("rope.dimension_count"));
            }
            int heads = number("attention.head_count", 1);
            int width = number("embedding_length") / heads;
            long each = (long) number("attention.key_length", width) + number("attention.value_length", width);
            return layers * number("attention.head_count_kv", heads) * each;
        }
    }
}
