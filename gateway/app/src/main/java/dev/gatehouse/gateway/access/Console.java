package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Problem;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Lets users ask models from the console, whose password or session then takes the place of an API key. What a user asks is booked on a key of
 * its own in the project that pays: made at the first use, without a secret, and seen among the others.
 */
public interface Console {

    /** The header that names the project that pays, by its id. */
    String PROJECT = "gatehouse-project";

    /** The cookie whose value {@link #CSRF} repeats. */
    String CSRF_COOKIE = "XSRF-TOKEN";

    /** The header that shows that a request with a session's cookie was meant by the console's own page. */
    String CSRF = "x-xsrf-token";

    /**
     * What a request says of who sends it.
     *
     * @param authorization HTTP Basic; of several headers all, joined by commas, which is refused
     * @param cookies by name
     * @param secure the request came over TLS
     * @param csrf the content of the header {@value #CSRF}
     * @param site where a browser says that the request comes from (Fetch Metadata)
     * @param project the content of the header {@value #PROJECT}
     */
    record Presented(
            Optional<String> authorization,
            Map<String, String> cookies,
            boolean secure,
            Optional<String> csrf,
            Optional<String> site,
            Optional<String> project,
            InetAddress address) {}

    /** Checks what can be checked without looking anything up. A refusal is counted. */
    Optional<Problem> precheck(Presented presented);

    /**
     * Identifies the caller: the user's console key in the project, and the models that the user may use there. Blocks on the database and, for a
     * password, for some 100 ms of one processor.
     */
    Identity identify(Presented presented);
}
