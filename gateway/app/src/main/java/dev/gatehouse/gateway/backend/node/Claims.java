package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** Signs calls to a node: the {@code gh-ticket} header of {@code docs/node-protocol.md}. */
final class Claims {

    /** The header that carries a ticket. */
    static final String HEADER = "gh-ticket";

    /** How long a ticket is good for, in seconds. */
    private static final int LIFETIME = 30;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Clock clock;

    Claims(Clock clock) {
        this.clock = clock;
    }

    /** What a ticket allows. */
    enum Verb {
        RUN,
        RESUME,
        CAP,
        STOP,
        RECOVER,
        QUOTE,
        TOTALS,
        DRAIN,
        UNDRAIN
    }

    /** @param attempt 0 for {@link Verb#RECOVER} and {@link Verb#QUOTE} */
    String sign(Ticket ticket, Verb verb, int attempt, NodeName node, long cap, byte[] body) {
        return sign(by(ticket, node), json(ticket.intent().toString(), verb, attempt, node, cap, body) + "}");
    }

    /** @param tenant the secrets of whom it is for, JSON */
    String sign(Ticket ticket, Verb verb, int attempt, NodeName node, long cap, byte[] body, String tenant) {
        String claims = json(ticket.intent().toString(), verb, attempt, node, cap, body);
        return sign(by(ticket, node), claims + ",\"tenant\":" + tenant + "}");
    }

    /**
     * Signs what no intent's own ticket is needed for: reading a node's records, draining it.
     *
     * @param mac signs under the node's key
     * @param intent empty for {@link Verb#TOTALS}, {@link Verb#DRAIN} and {@link Verb#UNDRAIN}
     */
    String sign(UnaryOperator<byte[]> mac, Verb verb, String intent, NodeName node, byte[] body) {
        return sign(mac, json(intent, verb, 0, node, 0, body) + "}");
    }

    private static UnaryOperator<byte[]> by(Ticket ticket, NodeName node) {
        return claims -> ticket.mac(node, claims);
    }

    private static String sign(UnaryOperator<byte[]> mac, String json) {
        byte[] claims = json.getBytes(StandardCharsets.US_ASCII);
        return BASE64.encodeToString(claims) + '.' + BASE64.encodeToString(mac.apply(claims));
    }

    /** Without its end. */
    private String json(String intent, Verb verb, int attempt, NodeName node, long cap, byte[] body) {
        return "{\"verb\":\"" + wire(verb) + "\",\"intent\":\"" + intent + "\",\"attempt\":" + attempt
                + ",\"node\":\"" + node + "\",\"cap\":" + cap + ",\"sha256\":\"" + Sha256.hex(body) + "\",\"exp\":"
                + (clock.instant().getEpochSecond() + LIFETIME);
    }

    private static String wire(Verb verb) {
        return switch (verb) {
            case RUN -> "run";
            case RESUME -> "resume";
            case CAP -> "cap";
            case STOP -> "stop";
            case RECOVER -> "recover";
            case QUOTE -> "quote";
            case TOTALS -> "totals";
            case DRAIN -> "drain";
            case UNDRAIN -> "undrain";
        };
    }
}
