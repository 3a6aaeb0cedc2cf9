package dev.gatehouse.gateway.metering;

import io.micrometer.core.instrument.MeterRegistry;

/** For other rooms' tests. */
public final class MeteringFixture {

    private MeteringFixture() {}

    public static Metering of(MeterRegistry metrics) {
        return new Metering(metrics);
    }
}
