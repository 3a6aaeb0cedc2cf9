package dev.gatehouse.gateway.exchange;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When requests are closed whose gateway or node was lost.
 *
 * @param recoveryPatience how long a dead gateway's request waits for nodes that can not be asked, 0 to 23 hours
 * @param correctionInterval how often nodes are asked about requests that were closed without knowing all, at least a second
 */
@Validated
@ConfigurationProperties(prefix = "gatehouse.exchange", ignoreUnknownFields = false)
record ExchangeProperties(
        @DefaultValue("10m") Duration recoveryPatience,
        @DefaultValue("30s") Duration correctionInterval) {

    /** A node keeps its records for 24 hours; an hour less leaves room for clocks that differ. */
    static final Duration REMEMBERED = Duration.ofHours(23);

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    @AssertTrue(message = "gatehouse.exchange.recovery-patience must be 0 to 23 hours: nodes remember no longer")
    boolean isPatienceWithinMemory() {
        return !recoveryPatience.isNegative() && recoveryPatience.compareTo(REMEMBERED) <= 0;
    }

    @AssertTrue(message = "gatehouse.exchange.correction-interval must be a second to 23 hours")
    boolean isIntervalWithinMemory() {
        return correctionInterval.compareTo(SHORTEST_INTERVAL) >= 0 && correctionInterval.compareTo(REMEMBERED) <= 0;
    }
}
