package dev.gatehouse.worker.llama;

import java.nio.charset.StandardCharsets;

/** What the native side could not do. */
public final class LlamaException extends RuntimeException {

    private final Code code;

    /** What went wrong. The order is that of {@code Code} in {@code engine.hpp}. */
    public enum Code {
        /** The arguments are wrong. */
        INVALID,
        /** The model file can not be used. */
        MODEL,
        /** Not enough memory. */
        MEMORY,
        /** It was told to end. */
        ABORTED,
        /** It was called at the wrong time or by the wrong thread. */
        STATE,
        /** llama.cpp failed; the context must not be used any more. */
        INTERNAL
    }

    public LlamaException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** Called by the native side. */
    LlamaException(int code, byte[] message) {
        this(Code.values()[code], new String(message, StandardCharsets.UTF_8));
    }

    public Code code() {
        return code;
    }
}
