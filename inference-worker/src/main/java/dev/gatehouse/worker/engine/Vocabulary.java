package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.llama.LlamaModel;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;

/** The bytes of tokens, each fetched from the model once. Thread-safe. */
final class Vocabulary {

    private final LlamaModel model;
    private final AtomicReferenceArray<byte[]> plain;
    private final AtomicReferenceArray<byte[]> special;

    Vocabulary(LlamaModel model) {
        this.model = model;
        this.plain = new AtomicReferenceArray<>(model.info().vocab());
        this.special = new AtomicReferenceArray<>(model.info().vocab());
    }

    int size() {
        return plain.length();
    }

    /** As an answer sees it in which these control tokens have text for the parser. */
    Answer.Vocabulary preserving(int[] tokens) {
        Set<Integer> preserved = Arrays.stream(tokens).boxed().collect(Collectors.toUnmodifiableSet());
        return new Answer.Vocabulary() {
            @Override
            public byte[] text(int token) {
                return preserved.contains(token) ? bytes(token) : fetch(plain, token, false);
            }

            @Override
            public byte[] bytes(int token) {
                return fetch(special, token, true);
            }
        };
    }

    private byte[] fetch(AtomicReferenceArray<byte[]> known, int token, boolean control) {
        byte[] bytes = known.get(token);
        if (bytes == null) {
            bytes = model.piece(token, control);
            known.set(token, bytes);
        }
        return bytes;
    }
}
