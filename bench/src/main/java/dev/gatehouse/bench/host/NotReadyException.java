package dev.gatehouse.bench.host;

/** Something that the benchmark needs is missing or does not start; the message says what to do. */
public final class NotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotReadyException(String message) {
        super(message);
    }
}
