package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;

/** Proof that an intent is durable; only this room can make one, so nothing unaudited can be dispatched. */
public sealed interface Ticket permits DurableTicket {

    IntentId intent();

    /**
     * Signs claims for an inference node.
     *
     * @param node whose key signs
     * @return HMAC-SHA-256 of the claims
     */
    byte[] mac(NodeName node, byte[] claims);
}
