package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;

/** For other rooms' tests: the ticket of an intent that is taken as durable; its signatures are worth nothing. */
public final class TicketFixture {

    private TicketFixture() {}

    public static Ticket of(IntentId intent) {
        return new DurableTicket(intent, new Unsigned());
    }

    private static final class Unsigned implements NodeSignatures {
        @Override
        public byte[] sign(NodeName node, byte[] claims) {
            return new byte[32];
        }

        @Override
        public boolean verify(NodeName node, byte[] claims, byte[] mac) {
            return false;
        }
    }
}
