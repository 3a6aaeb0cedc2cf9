package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.NotFoundException;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.metering.Requests;
import dev.gatehouse.gateway.metering.Traffic;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.time.Clock;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/requests", produces = "application/json")
final class RequestsController {

    private final Requests requests;
    private final Traffic traffic;
    private final Filters filters;
    private final Currency currency;

    RequestsController(Requests requests, Traffic traffic, Clock clock, Currency currency) {
        this.requests = requests;
        this.traffic = traffic;
        this.filters = new Filters(clock);
        this.currency = currency;
    }

    /** Those that have ended, the latest first. */
    @GetMapping
    Listed<RequestView> listRequests(
            @AuthenticationPrincipal Actor actor,
            RequestQuery query,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        return Listed.of(requests.list(actor, filters.requests(query), Listed.paging(cursor, limit)), RequestView::of);
    }

    /** One that has ended or is under way. */
    @GetMapping("/{id}")
    RequestDetailView getRequest(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return requests.find(actor, new IntentId(id))
                .map(detail -> RequestDetailView.of(currency, detail))
                .orElseThrow(() -> new NotFoundException("request"));
    }

    /** How many ended how, over time; the parts begin at multiples of their length. */
    @GetMapping("/histogram")
    Traffic.Histogram countRequests(
            @AuthenticationPrincipal Actor actor, RequestQuery query, @RequestParam(defaultValue = "60") int buckets) {
        return InvalidException.reading("buckets", () -> traffic.histogram(actor, filters.requests(query), buckets));
    }
}
