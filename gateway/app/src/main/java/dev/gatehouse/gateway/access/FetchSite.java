package dev.gatehouse.gateway.access;

import java.util.Optional;
import java.util.Set;

/**
 * Where a browser says that a request comes from (Fetch Metadata, the header {@value #HEADER}); other clients say nothing. Browsers add the
 * password of HTTP Basic and cookies by themselves, also to what a page of another site makes them send.
 */
public final class FetchSite {

    public static final String HEADER = "sec-fetch-site";

    private static final Set<String> OURS = Set.of("same-origin", "none");

    private FetchSite() {}

    /** Whether the request may have been meant by our own pages or by whoever sits there. */
    public static boolean isOurs(Optional<String> header) {
        return header.isEmpty() || OURS.contains(header.get());
    }
}
