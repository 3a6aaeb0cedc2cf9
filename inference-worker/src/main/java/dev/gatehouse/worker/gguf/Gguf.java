package dev.gatehouse.worker.gguf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The head of a GGUF file, version 2 or 3 (ggml's docs/gguf.md).
 *
 * @param data position of the tensors' data in the file, in bytes
 * @param size of the file, in bytes
 */
public record Gguf(Map<String, Value> metadata, List<Tensor> tensors, long data, long size) {

    /** A metadata value. */
    public sealed interface Value permits Whole, Real, Flag, Text, Many {}

    public record Whole(long value) implements Value {}

    public record Real(double value) implements Value {}

    public record Flag(boolean value) implements Value {}

    public record Text(String value) implements Value {}

    /**
     * An array, of which the elements are not kept.
     *
     * @param type of the elements, the format's number
     */
    public record Many(int type, long length) implements Value {}

    /**
     * Where a tensor is.
     *
     * @param shape fastest dimension first
     * @param type ggml's number
     * @param offset from the start of the data, in bytes
     */
    public record Tensor(String name, List<Long> shape, int type, long offset) {

        /**
         * Size of its values in bytes; 0 for a type that no weight can have.
         *
         * @throws ArithmeticException if the shape is larger than any file
         */
        public long bytes() {
            long values = shape.stream().reduce(1L, Math::multiplyExact);
            return GgmlType.of(type).map(known -> known.bytes(values)).orElse(0L);
        }
    }

    /** This head with the tensors of the other parts of a model that lies in several files. */
    public Gguf withTensorsOf(List<Gguf> others) {
        List<Tensor> all = new ArrayList<>(tensors);
        others.forEach(other -> all.addAll(other.tensors()));
        return new Gguf(metadata, List.copyOf(all), data, size);
    }

    public Optional<Long> whole(String key) {
        return metadata.get(key) instanceof Whole whole ? Optional.of(whole.value()) : Optional.empty();
    }

    public Optional<String> text(String key) {
        return metadata.get(key) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    public Optional<Many> many(String key) {
        return metadata.get(key) instanceof Many many ? Optional.of(many) : Optional.empty();
    }

    /** A number of either kind; null if there is none. */
    public @Nullable Double real(String key) {
        return switch (metadata.get(key)) {
            case Real real -> real.value();
            case Whole whole -> (double) whole.value();
            case Flag _, Text _, Many _ -> null;
            case null -> null;
        };
    }

    public Map<String, Tensor> byName() {
        return tensors.stream().collect(Collectors.toUnmodifiableMap(Tensor::name, tensor -> tensor));
    }
}
