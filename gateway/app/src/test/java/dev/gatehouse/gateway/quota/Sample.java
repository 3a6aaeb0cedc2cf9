package dev.gatehouse.gateway.quota;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Limits for tests. */
final class Sample {

    /** 24 November 2026, 10:00 UTC, in microseconds. */
    static final long NOW = 1_795_514_400_000_000L;

    static final long SECOND = 1_000_000;
    static final int ANY_RATE = 1_000_000_000;

    private Sample() {}

    static Limit limit(int id, Measure measure, Period period, long amount) {
        return new Limit(
                new UUID(7, id),
                Level.TENANT,
                TestGateway.CALLER.tenant().value(),
                Optional.empty(),
                measure,
                period,
                amount,
                OptionalInt.empty(),
                ZoneOffset.UTC,
                List.of());
    }

    static Terms terms(int id, Measure measure, Period period, long amount) {
        return limit(id, measure, period, amount).at(NOW);
    }
}
