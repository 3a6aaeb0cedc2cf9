package dev.gatehouse.gateway.metering;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.ApplicationContext;

/** For other rooms' tests. */
public final class MeteringFixture {

    private MeteringFixture() {}

    public static Metering of(MeterRegistry metrics) {
        return new Metering(metrics);
    }

    /** Makes the sums by hour now. */
    public static void sumUp(ApplicationContext gateway) {
        gateway.getBean(UsageHours.class).bringUpToDate();
        gateway.getBean(RequestHours.class).bringUpToDate();
    }
}
