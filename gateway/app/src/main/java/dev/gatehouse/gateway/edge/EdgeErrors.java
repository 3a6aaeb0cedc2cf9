package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.gatehouse.gateway.vocabulary.Problem;

/** Writes the errors that the server itself finds, in a dialect's own shape; a bean of the dialect's room. */
public interface EdgeErrors {

    /** Whether a path belongs to the dialect. */
    boolean covers(String path);

    AggregatedHttpResponse render(Problem problem);
}
