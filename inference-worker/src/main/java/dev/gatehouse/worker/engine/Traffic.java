package dev.gatehouse.worker.engine;

import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Pattern;

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

    private static final Pattern EXPERTS = Pattern.compile(".*\\.ffn_(up|down|gate|gate_up)_exps\\.weight");
    private static final String EMBEDDINGS = "token_embd.weight";

    /** Of a cell's values. */
    private static final int VALUE_BYTES = Short.BYTES;

    private static final double NANOS = 1e9;

    static Traffic of(Gguf header, OptionalDouble bandwidth) {
        boolean tied = !header.byName().containsKey("output.weight");
        Predicate<String> expert = EXPERTS.asMatchPredicate();
        Facts facts = new Facts(header, header.text("general.architecture").orElse(""));
        return new Traffic(
                facts.cellValues() * VALUE_BYTES,
                bytes(header, expert.negate().and(name -> tied || !name.equals(EMBEDDINGS))),
                bytes(header, expert),
                (double) facts.number("expert_used_count", 0) / facts.number("expert_count", 1),
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

    private static long bytes(Gguf header, Predicate<String> which) {
        return header.tensors().stream()
                .filter(tensor -> which.test(tensor.name()))
                .mapToLong(Traffic::bytes)
                .sum();
    }

    private static long bytes(Gguf.Tensor tensor) {
        long values = tensor.shape().stream().reduce(1L, Math::multiplyExact);
        return GgmlType.of(tensor.type()).map(type -> type.bytes(values)).orElse(0L);
    }

    /** Metadata of an architecture. */
    private record Facts(Gguf header, String architecture) {

        long number(String key, long otherwise) {
            return header.whole(architecture + "." + key).orElse(otherwise);
        }

        /** Latent attention keeps one compressed key in each layer, other attention the keys and values of its heads. */
        long cellValues() {
            long layers = number("block_count", 0);
            if (number("attention.kv_lora_rank", 0) > 0 && number("attention.key_length_mla", 0) > 0) {
                return layers * (number("attention.kv_lora_rank", 0) + number("rope.dimension_count", 0));
            }
            long heads = number("attention.head_count", 1);
            long width = number("embedding_length", 0) / heads;
            long each = number("attention.key_length", width) + number("attention.value_length", width);
            return layers * number("attention.head_count_kv", heads) * each;
        }
    }
}
