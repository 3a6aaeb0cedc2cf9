package dev.gatehouse.gateway.vocabulary;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The identity of one request: a UUID version 7 (RFC 9562, section 5.7), so that ids sort by time. */
public record IntentId(UUID value) {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** A new id of this moment, in milliseconds; the 74 other bits are random. */
    public static IntentId next(Clock clock) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = clock.millis() << 16 | VERSION | random.nextLong(0x1000);
        long low = random.nextLong() >>> 2 | VARIANT;
        return new IntentId(new UUID(high, low));
    }

    public static IntentId parse(String text) {
        return new IntentId(UUID.fromString(text));
    }

    /** When the request arrived. */
    public Instant at() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
