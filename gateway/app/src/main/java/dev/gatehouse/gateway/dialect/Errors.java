package dev.gatehouse.gateway.dialect;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.gatehouse.gateway.edge.Connection;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Standing;

/** How a dialect says that something went wrong, and which request an answer is of. */
public interface Errors {

    HttpStatus status(Code code);

    /** The body of an error answer. */
    byte[] body(IntentId id, Problem problem);

    /** The event that ends a stream which went wrong after its first byte. */
    byte[] event(IntentId id, Problem problem);

    /** Names the request in the head of its answer. */
    void identify(ResponseHeadersBuilder head, IntentId id);

    /** Tells in the head of an answer how the caller stands with their limits. */
    void limits(ResponseHeadersBuilder head, Standing standing);

    default AggregatedHttpResponse answer(IntentId id, Problem problem) {
        byte[] body = body(id, problem);
        return AggregatedHttpResponse.of(head(id, problem, body.length, Standing.UNLIMITED), HttpData.wrap(body));
    }

    /** Answers a request of which nothing was answered yet. */
    default void send(Connection connection, IntentId id, Problem problem) {
        send(connection, id, problem, Standing.UNLIMITED);
    }

    /** The same, for a caller whose standing is known. */
    default void send(Connection connection, IntentId id, Problem problem, Standing standing) {
        byte[] body = body(id, problem);
        connection.head(head(id, problem, body.length, standing));
        connection.end(body);
    }

    private ResponseHeaders head(IntentId id, Problem problem, int length, Standing standing) {
        HttpStatus status = status(problem.code());
        ResponseHeadersBuilder head =
                ResponseHeaders.builder(status).contentType(MediaType.JSON).contentLength(length);
        identify(head, id);
        limits(head, standing);
        problem.retryAfter().ifPresent(after -> head.add(HttpHeaderNames.RETRY_AFTER, Headers.seconds(after)));
        if (status == HttpStatus.UNAUTHORIZED) {
            head.add(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        return head.build();
    }
}
