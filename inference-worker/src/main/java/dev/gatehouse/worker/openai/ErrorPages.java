package dev.gatehouse.worker.openai;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the server's own refusals OpenAI's shape, and tells no client what went wrong inside. */
public final class ErrorPages implements ServerErrorHandler {

    /** For what should not have happened. */
    public static final ApiError INTERNAL =
            ApiError.server(500, "internal_error", "The node failed. Send the request again.");

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
        if (isOfTheClient(cause)) {
            return null;
        }
        LOG.error("{} {} failed", ctx.method(), ctx.path(), cause);
        return Answers.error(INTERNAL);
    }

    /** The server has a status for these. */
    private static boolean isOfTheClient(Throwable cause) {
        return cause instanceof HttpStatusException
                || cause instanceof RequestTimeoutException
                || Exceptions.isExpected(cause);
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext ctx,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        ApiError error = of(status, config.maxRequestLength());
        return AggregatedHttpResponse.of(status, MediaType.JSON, error.json());
    }

    private static ApiError of(HttpStatus status, long limit) {
        return switch (status.code()) {
            case 404 -> ApiError.caller(404, "not_found", "", "There is nothing at this path.");
            case 405 -> ApiError.caller(405, "method_not_allowed", "", "This path does not take this method.");
            case 408 -> ApiError.caller(408, "request_timeout", "", "The request took too long to arrive.");
            case 413 -> Bodies.tooLarge(limit);
            default -> ApiError.caller(status.code(), "http_" + status.code(), "", status.reasonPhrase() + ".");
        };
    }
}
