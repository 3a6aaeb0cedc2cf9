package dev.gatehouse.worker.node;

import dev.gatehouse.worker.openai.ApiException;

/** A ticket that let the head of its request in. What it says holds once the body has come and is the one it names. */
final class Ticket {

    private final Claims claims;

    Ticket(Claims claims) {
        this.claims = claims;
    }

    /** @throws ApiException 401 {@code ticket_invalid} */
    Claims with(byte[] body) throws ApiException {
        Tickets.require(claims.sha256().equals(Tickets.sha256(body)), "its sha256 is not that of the body");
        return claims;
    }
}
