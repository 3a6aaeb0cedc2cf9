package dev.gatehouse.worker.node;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this node is reached and whom it serves.
 *
 * @param name unique among the nodes of a gateway
 * @param port 0 takes any free one
 * @param url at which the gateways reach this node; derived from address and port if it is missing
 * @param gateways base URLs of the gateways to register with
 * @param tickets whether {@code /v1/**} is closed, so that all work comes with a ticket
 * @param runFile written once the port listens
 * @param supervised whether the process ends when its standard input closes
 * @param watchdog how long the engine may be at one thing, beside what it expects to need; 0 is for ever
 */
public record NodeSettings(
        @DefaultValue("worker-1")
        @Pattern(regexp = "[a-z0-9][a-z0-9.-]{0,62}", message = "must be 1 to 63 of a-z, 0-9, dot and dash")
        String name,

        @DefaultValue("127.0.0.1") @NotNull String address,
        @DefaultValue("0") @Min(0) @Max(65535) int port,
        @Nullable URI url,
        @DefaultValue List<URI> gateways,
        @DefaultValue("true") boolean tickets,
        @Nullable Path runFile,
        @DefaultValue("false") boolean supervised,

        @DefaultValue("120s") @DurationMin(millis = 0) @DurationMax(hours = 24)
        Duration watchdog) {

    Optional<URI> givenUrl() {
        return Optional.ofNullable(url);
    }

    Optional<Path> givenRunFile() {
        return Optional.ofNullable(runFile);
    }
}
