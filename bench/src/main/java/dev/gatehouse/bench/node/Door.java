package dev.gatehouse.bench.node;

import java.util.Optional;

/** Lets in the calls whose ticket is genuine, fresh and made for exactly this call. */
final class Door {

    private static final long LONGEST_LIFE_S = 60;
    private static final long CLOCK_SKEW_S = 2;

    private final String node;
    private volatile NodeKey key;

    Door(String node, NodeKey key) {
        this.node = node;
        this.key = key;
    }

    /** From now on only tickets under this key are good. */
    void use(NodeKey newKey) {
        key = newKey;
    }

    /** The ticket's claims; empty when the call must be refused. */
    Optional<Claims> admit(String ticket, String verb, String intent, int attempt, byte[] body) {
        long now = System.currentTimeMillis() / 1_000;
        return key.verify(ticket)
                .filter(claims -> claims.verb().equals(verb))
                .filter(claims -> claims.node().equals(node))
                .filter(claims -> claims.intent().equals(intent) && claims.attempt() == attempt)
                .filter(claims -> claims.exp() > now && claims.exp() <= now + LONGEST_LIFE_S + CLOCK_SKEW_S)
                .filter(claims -> claims.sha256().equals(NodeKey.sha256(body)));
    }
}
