package dev.gatehouse.worker.openai;

/** A request that gets an error for an answer. */
public final class ApiException extends Exception {

    private final transient ApiError error;

    public ApiException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public ApiError error() {
        return error;
    }
}
