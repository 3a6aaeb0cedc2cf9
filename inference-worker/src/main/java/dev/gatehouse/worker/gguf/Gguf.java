package dev.gatehouse.worker.engine;

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
record Gguf(Map<String, Value> metadata, List<Tensor> tensors, long data, long size) {

    /** A metadata value. */
    sealed interface Value permits Whole, Real, Flag, Text, Many {}

    record Whole(long value) implements Value {}

    record Real(double value) implements Value {}

    record Flag(boolean value) implements Value {}

    record Text(String value) implements Value {}

    /**
     * An array, of which the elements are not kept.
     *
     * @param type of the elements, the format's number
     */
    record Many(int type, long length) implements Value {}

    /**
     * Where a tensor is.
     *
     * @param shape fastest dimension first
     * @param type ggml's number
     * @param offset from the start of the data, in bytes
     */
    record Tensor(String name, List<Long> shape, int type, long offset) {}

    Optional<Long> whole(String key) {
        return metadata.get(key) instanceof Whole whole ? Optional.of(whole.value()) : Optional.empty();
    }

    Optional<String> text(String key) {
        return metadata.get(key) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    Optional<Many> many(String key) {
        return metadata.get(key) instanceof Many many ? Optional.of(many) : Optional.empty();
    }

    /** A number of either kind; null if there is none. */
    @Nullable
    Double real(String key) {
        return switch (metadata.get(key)) {
            case Real real -> real.value();
            case Whole whole -> (double) whole.value();
            case Flag _, Text _, Many _ -> null;
            case null -> null;
        };
    }

    Map<String, Tensor> byName() {
        return tensors.stream().collect(Collectors.toUnmodifiableMap(Tensor::name, tensor -> tensor));
    }
}
