package dev.gatehouse.worker.node;

import dev.gatehouse.worker.ledger.ExchangeId;
import dev.gatehouse.worker.openai.ApiError;
import dev.gatehouse.worker.openai.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks the tickets of calls to this node, and signs its own. */
final class Tickets {

    static final String HEADER = "gh-ticket";

    private static final int LIFE_SECONDS = 60;
    private static final int OWN_LIFE_SECONDS = 30;

    private final NodeKey key;
    private final String node;
    private final Clock clock;

    Tickets(NodeKey key, String node, Clock clock) {
        this.key = key;
        this.node = node;
        this.clock = clock;
    }

    /**
     * Lets the head of a call about one exchange pass.
     *
     * @throws ApiException 401 {@code ticket_invalid}
     */
    Ticket require(@Nullable String ticket, Verb verb, ExchangeId id) throws ApiException {
        return require(ticket, verb, id.intent().toString(), id.attempt());
    }

    /** For a call about an intent and none of its exchanges. */
    Ticket require(@Nullable String ticket, Verb verb, UUID intent) throws ApiException {
        return require(ticket, verb, intent.toString(), 0);
    }

    /** For a call about the node itself. */
    Ticket require(@Nullable String ticket, Verb verb) throws ApiException {
        return require(ticket, verb, "", 0);
    }

    /** A ticket for the registration with this body. */
    String forRegistration(byte[] body) {
        long exp = clock.instant().getEpochSecond() + OWN_LIFE_SECONDS;
        byte[] claims = new Claims(Verb.REGISTER.text(), "", 0, node, 0, sha256(body), exp).json();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(claims) + "." + base64.encodeToString(key.mac(claims));
    }

    private Ticket require(@Nullable String ticket, Verb verb, String intent, int attempt) throws ApiException {
        Claims claims = signed(ticket);
        require(claims.node().equals(node), "it is for the node " + claims.node() + " and this is " + node);
        requireFresh(claims.exp());
        require(
                claims.verb().equals(verb.text()),
                "it allows " + claims.verb() + " and this call needs " + verb.text());
        boolean about = claims.intent().equals(intent) && claims.attempt() == attempt;
        require(about, "it is about another exchange");
        return new Ticket(claims);
    }

    private void requireFresh(long exp) throws ApiException {
        long now = clock.instant().getEpochSecond();
        require(exp > now, "it has expired; check the clocks of both machines");
        require(exp <= now + LIFE_SECONDS, "it is good for more than 60 seconds; check the clocks of both machines");
    }

    private Claims signed(@Nullable String ticket) throws ApiException {
        if (ticket == null) {
            throw refused("it is missing; send it in the header " + HEADER);
        }
        int dot = ticket.indexOf('.');
        require(dot > 0, "it is malformed");
        byte[] claims = decode(ticket.substring(0, dot));
        byte[] mac = decode(ticket.substring(dot + 1));
        require(MessageDigest.isEqual(key.mac(claims), mac), "its signature is not that of this node's key");
        return Claims.parse(claims).orElseThrow(() -> refused("its claims are malformed"));
    }

    private static byte[] decode(String base64) throws ApiException {
        try {
            return Base64.getUrlDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw refused("it is malformed");
        }
    }

    static void require(boolean right, String wrong) throws ApiException {
        if (!right) {
            throw refused(wrong);
        }
    }

    private static ApiException refused(String why) {
        return new ApiException(new ApiError(
                401, "authentication_error", "ticket_invalid", "", "The ticket is refused: " + why + ".", 0));
    }

    static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
