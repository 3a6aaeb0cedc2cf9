package dev.gatehouse.worker.openai;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Whole request bodies, and the virtual threads on which they are dealt with. All that are read or dealt with at a time
 * have a bound in common: what does not fit is refused before more of it is read. Thread-safe.
 */
public final class Bodies {

    /** The largest chat, in bytes. */
    public static final int LARGEST = 32 * 1024 * 1024;

    private static final int SHARE_OF_HEAP = 8;
    private static final ApiError BUSY = ApiError.busy(
            "node_busy",
            "This node reads as many requests as its memory holds. Try again in a moment.",
            Duration.ofSeconds(1));

    /** A thread for each request: what is done with it may wait. */
    static final Executor STORIES = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());

    private final Semaphore room;

    /** @param most bytes at a time */
    Bodies(int most) {
        this.room = new Semaphore(most);
    }

    /** An eighth of the heap, or the largest chat: parsed, a body takes several times its size. */
    public static Bodies boundByHeap() {
        long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        return new Bodies((int) Math.clamp(share, LARGEST, Integer.MAX_VALUE));
    }

    /**
     * Reads the body and hands it to its use on a virtual thread; its bytes count until the use returns. The deadline of
     * the request ends when the body is here, for an answer may take any time.
     */
    public <T> CompletableFuture<T> read(ServiceRequestContext ctx, HttpRequest request, Function<byte[], T> use) {
        int counted = counted(ctx, request);
        if (!room.tryAcquire(counted)) {
            return CompletableFuture.failedFuture(new ApiException(BUSY));
        }
        return request.aggregate()
                .thenApply(whole -> {
                    ctx.clearRequestTimeout();
                    return whole.content().array();
                })
                .thenApplyAsync(use, STORIES)
                .whenComplete((used, failure) -> room.release(counted));
    }

    /** A chat that does not announce its length counts as the largest that its path takes. */
    private static int counted(ServiceRequestContext ctx, HttpRequest request) {
        long announced = request.headers().contentLength();
        long unknown = request.method() == HttpMethod.POST ? ctx.maxRequestLength() : 0;
        return (int) Math.min(announced < 0 ? unknown : announced, ctx.maxRequestLength());
    }

    /** What to tell a client whose body could not be read. */
    public static ApiError unreadable(ServiceRequestContext ctx, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case ApiException refused -> refused.error();
            case ContentTooLargeException tooLarge -> tooLarge(ctx.maxRequestLength());
            default ->
                ApiError.caller(400, "body_incomplete", "", "The body did not arrive whole. Send the request again.");
        };
    }

    static ApiError tooLarge(long limit) {
        return ApiError.caller(
                413, "request_too_large", "", "The body is larger than " + limit + " bytes. Send a shorter request.");
    }
}
