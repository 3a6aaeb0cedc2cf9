package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.server.RequestTimeoutException;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import org.jspecify.annotations.Nullable;

/** What can go wrong while a request is read. */
final class Reading {

    static final Problem TOO_LARGE =
            Problem.of(Code.BODY_TOO_LARGE, "The request body is larger than this path accepts. Send a smaller one.");
    static final Problem TOO_SLOW = Problem.of(
            Code.BODY_TOO_SLOW, "The request body did not arrive in time. Send it faster or in smaller parts.");

    private Reading() {}

    /** Why a request could not be read to its end. */
    static Fault fault(Throwable cause) {
        Problem problem = problem(cause);
        return new Fault(
                problem == null
                        ? Problem.of(Code.INVALID_JSON, "The request body could not be read to its end. Send it again.")
                        : problem);
    }

    /** The client's problem behind a failure to read its request; null when the cause is another one. */
    static @Nullable Problem problem(Throwable cause) {
        Throwable root = cause instanceof java.util.concurrent.CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : cause;
        return switch (root) {
            case ContentTooLargeException large -> TOO_LARGE;
            case RequestTimeoutException slow -> TOO_SLOW;
            default -> null;
        };
    }
}
