package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.audit.NodeSignatures;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Sha256;
import java.time.Clock;
import java.util.Base64;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the tickets with which nodes register. */
@Component
final class RegistrationTickets {

    /** How far ahead a ticket may expire, in seconds; nodes' clocks may run ahead a little. */
    private static final long FURTHEST = 90;

    private final NodeSignatures signatures;
    private final Clock clock;
    private final JsonMapper json;

    RegistrationTickets(NodeSignatures signatures, Clock clock, JsonMapper json) {
        this.signatures = signatures;
        this.clock = clock;
        this.json = json;
    }

    boolean valid(NodeName node, String ticket, byte[] body) {
        int dot = ticket.indexOf('.');
        if (dot < 0) {
            return false;
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(ticket.substring(0, dot));
            byte[] mac = Base64.getUrlDecoder().decode(ticket.substring(dot + 1));
            return signatures.verify(node, claims, mac) && allows(json.readTree(claims), node, body);
        } catch (IllegalArgumentException | JacksonException malformed) {
            return false;
        }
    }

    private boolean allows(JsonNode claims, NodeName node, byte[] body) {
        long left = claims.path("exp").asLong(0) - clock.instant().getEpochSecond();
        return claims.path("verb").asString("").equals("register")
                && claims.path("node").asString("").equals(node.value())
                && claims.path("sha256").asString("").equals(Sha256.hex(body))
                && left >= 0
                && left <= FURTHEST;
    }
}
