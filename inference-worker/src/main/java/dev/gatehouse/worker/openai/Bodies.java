package dev.gatehouse.worker.openai;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Whole request bodies, and the virtual threads on which they are dealt with. */
public final class Bodies {

    /** A thread for each request: what is done with it may wait. */
    public static final Executor STORIES = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());

    private Bodies() {}

    /** The body; the deadline of the request ends when it is here, for an answer may take any time. */
    public static CompletableFuture<byte[]> read(ServiceRequestContext ctx, HttpRequest request) {
        return request.aggregate().thenApply(whole -> {
            ctx.clearRequestTimeout();
            return whole.content().array();
        });
    }

    /** What to tell a client whose body could not be read. */
    public static ApiError unreadable(ServiceRequestContext ctx, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ContentTooLargeException
                ? tooLarge(ctx.maxRequestLength())
                : ApiError.caller(400, "body_incomplete", "", "The body did not arrive whole. Send the request again.");
    }

    static ApiError tooLarge(long limit) {
        return ApiError.caller(
                413, "request_too_large", "", "The body is larger than " + limit + " bytes. Send a shorter request.");
    }
}
