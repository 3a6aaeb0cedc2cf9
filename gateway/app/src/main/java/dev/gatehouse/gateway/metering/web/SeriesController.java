package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Scope;
import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.audit.Acts;
import dev.gatehouse.gateway.metering.Traffic;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/series", produces = "application/json")
final class SeriesController {

    private final Traffic traffic;
    private final Acts acts;
    private final Filters filters;

    SeriesController(Traffic traffic, Acts acts, Clock clock) {
        this.traffic = traffic;
        this.acts = acts;
        this.filters = new Filters(clock);
    }

    /**
     * Requests over time, and what happened then.
     *
     * @param events nothing where the user may not read acts
     */
    record SeriesView(long bucketSeconds, List<Traffic.SeriesPoint> buckets, List<Acts.Happening> events) {}

    @GetMapping
    SeriesView readSeries(
            @AuthenticationPrincipal Actor actor,
            WhoseQuery whose,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until,
            @RequestParam(defaultValue = "60") int buckets) {
        Filters.Span span = filters.span(from, until);
        Traffic.Series series = InvalidException.reading(
                "buckets", () -> traffic.series(actor, filters.whose(whose), span.from(), span.until(), buckets));
        List<Acts.Happening> events = actor.role().scopes().contains(Scope.ACTS_READ)
                ? acts.happenings(actor, span.from(), span.until())
                : List.of();
        return new SeriesView(series.bucketSeconds(), series.buckets(), events);
    }
}
