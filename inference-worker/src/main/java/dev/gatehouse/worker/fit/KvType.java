package dev.gatehouse.worker.fit;

import java.util.Arrays;
import java.util.Locale;

/** How the KV cache stores values. */
public enum KvType {
    F16(64),
    Q8_0(34),
    Q4_0(18);

    private static final int BLOCK = 32;

    private final int blockBytes;

    KvType(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    /** Bytes of so many values. */
    long bytes(long values) {
        return values * blockBytes / BLOCK;
    }

    /** @throws IllegalArgumentException it is none; the message says which there are */
    public static KvType parse(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "A KV cache has no type " + text + ". There are: f16, q8_0, q4_0"));
    }

    /** As llama.cpp names it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
