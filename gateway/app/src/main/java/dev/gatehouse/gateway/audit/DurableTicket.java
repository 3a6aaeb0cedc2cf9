package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;

/** The ticket of an intent that is on disk. */
record DurableTicket(IntentId intent, NodeSignatures signatures) implements Ticket {

    @Override
    public byte[] mac(NodeName node, byte[] claims) {
        return signatures.sign(node, claims);
    }
}
