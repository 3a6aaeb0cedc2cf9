package dev.gatehouse.gateway.quota;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What limits a caller where nothing else is said.
 *
 * @param requestsPerMinute of a key and of a tenant that have no limit of their own
 */
@Validated
@ConfigurationProperties(prefix = "gatehouse.quota", ignoreUnknownFields = false)
record QuotaProperties(
        @DefaultValue("6000") @Min(1) @Max(1_000_000_000) int requestsPerMinute) {}
