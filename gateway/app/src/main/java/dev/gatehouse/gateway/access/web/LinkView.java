package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Sessions;
import java.time.Instant;

/**
 * A link to sign in with.
 *
 * @param link good once: {@code /console/#link=} and this
 */
record LinkView(String link, Instant expires) {

    static LinkView of(Sessions.Link made) {
        return new LinkView(made.token().text(), made.expires());
    }
}
