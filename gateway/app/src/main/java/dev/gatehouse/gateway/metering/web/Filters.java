package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.metering.Requests;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Reads the parameters by which requests and their sums are narrowed. */
final class Filters {

    private static final Duration USUAL = Duration.ofDays(1);

    private final Clock clock;

    Filters(Clock clock) {
        this.clock = clock;
    }

    /** From a moment, included, until another, excluded. */
    record Span(Instant from, Instant until) {}

    /** The wanted time: until now, and for a day, where that is missing. */
    Span span(Optional<Instant> from, Optional<Instant> until) {
        Instant end = until.orElseGet(clock::instant);
        Instant begin = from.orElse(end.minus(USUAL));
        if (!begin.isBefore(end)) {
            throw new InvalidException("from: must be before until");
        }
        return new Span(begin, end);
    }

    /** The wanted requests, in the time as {@link #span} reads it. */
    Requests.Filter requests(RequestQuery query) {
        Span span = span(query.from(), query.until());
        return new Requests.Filter(whose(query.whose()), marks(query), span.from(), span.until());
    }

    Requests.Whose whose(WhoseQuery query) {
        return new Requests.Whose(
                query.tenant().map(TenantId::new),
                query.project().map(ProjectId::new),
                query.key().map(KeyId::new),
                query.model().map(name -> InvalidException.reading("model", () -> new ModelName(name))));
    }

    /** Marks alone, for requests of any time. */
    static Requests.Marks marks(RequestQuery query) {
        return new Requests.Marks(
                query.kind().map(kind -> kind.name().toLowerCase(Locale.ROOT)),
                query.code(),
                query.node().map(name -> InvalidException.reading("node", () -> new NodeName(name))),
                query.dialect().map(dialect -> dialect.name().toLowerCase(Locale.ROOT)),
                query.minFirstTokenMs(),
                query.minTotalMs(),
                query.minChargeNano());
    }
}
