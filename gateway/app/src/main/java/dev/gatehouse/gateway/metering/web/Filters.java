package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.metering.Requests;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Reads the parameters by which requests and their sums are narrowed. */
final class Filters {

    private static final Duration USUAL = Duration.ofDays(1);

    private final Clock clock;

    Filters(Clock clock) {
        this.clock = clock;
    }

    /**
     * The filter.
     *
     * @param from empty: a day before {@code until}
     * @param until empty: now
     */
    Requests.Filter of(
            Optional<UUID> tenant,
            Optional<UUID> project,
            Optional<UUID> key,
            Optional<String> model,
            Optional<String> kind,
            Optional<Instant> from,
            Optional<Instant> until) {
        Instant end = until.orElseGet(clock::instant);
        Instant begin = from.orElse(end.minus(USUAL));
        if (!begin.isBefore(end)) {
            throw new InvalidException("from: must be before until");
        }
        return new Requests.Filter(
                tenant.map(TenantId::new),
                project.map(ProjectId::new),
                key.map(KeyId::new),
                model.map(name -> InvalidException.reading("model", () -> new ModelName(name))),
                kind,
                begin,
                end);
    }
}
