package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Intents of dead gateways for the tests of other rooms. */
public final class Orphans {

    /** The start of the gateway that died. */
    public static final long START = 4_711;

    private Orphans() {}

    /** One that arrived then. */
    public static Orphan at(Instant arrival) {
        IntentId intent = IntentId.next(Clock.fixed(arrival, ZoneOffset.UTC));
        return new Orphan(
                new DurableTicket(intent, Samples.SIGNATURES),
                Samples.CALLER,
                new ModelName("tiny-moe"),
                Dialect.OPENAI,
                START);
    }
}
