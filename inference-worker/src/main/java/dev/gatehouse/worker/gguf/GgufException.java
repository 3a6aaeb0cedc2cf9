package dev.gatehouse.worker.engine;

/** A GGUF file is malformed; the message names what is wrong in it. */
final class GgufException extends Exception {

    GgufException(String message) {
        super(message);
    }
}
