package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.List;
import java.util.Optional;

/** The Authorization header of a request. */
final class Authorization {

    private Authorization() {}

    /** All its values as one, so that several are not a valid one. */
    static Optional<String> of(RequestHeaders headers) {
        List<String> values = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }
}
