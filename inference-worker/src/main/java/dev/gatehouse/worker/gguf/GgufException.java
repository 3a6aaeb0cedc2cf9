package dev.gatehouse.worker.gguf;

/** A GGUF file is malformed; the message names what is wrong in it. */
public final class GgufException extends Exception {

    public GgufException(String message) {
        super(message);
    }
}
