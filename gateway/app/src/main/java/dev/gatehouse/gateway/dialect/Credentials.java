package dev.gatehouse.gateway.dialect;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import io.netty.util.AsciiString;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The API key of a request: the header {@code Authorization: Bearer …} as OpenAI has it, or {@code x-api-key: …} as Anthropic has it. */
final class Credentials {

    private static final AsciiString API_KEY = AsciiString.cached("x-api-key");

    private Credentials() {}

    /** As an Authorization header. Headers that differ are joined, so that several keys are not a valid one. */
    static Optional<String> of(RequestHeaders headers) {
        Set<String> all = new LinkedHashSet<>(headers.getAll(HttpHeaderNames.AUTHORIZATION));
        headers.getAll(API_KEY).forEach(key -> all.add("Bearer " + key.strip()));
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
    }
}
