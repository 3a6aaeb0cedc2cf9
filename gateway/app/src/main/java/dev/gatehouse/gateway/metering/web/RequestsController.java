package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.metering.Requests;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/requests", produces = "application/json")
final class RequestsController {

    private final Requests requests;
    private final Filters filters;

    RequestsController(Requests requests, Clock clock) {
        this.requests = requests;
        this.filters = new Filters(clock);
    }

    /** How a request may have ended. */
    enum KindName {
        completed,
        refused,
        cut,
        left,
        failed,
        not_dispatched,
        recovered,
        unknown
    }

    /** The latest first. */
    @GetMapping
    Listed<RequestView> listRequests(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<UUID> tenant,
            @RequestParam Optional<UUID> project,
            @RequestParam Optional<UUID> key,
            @RequestParam Optional<String> model,
            @RequestParam Optional<KindName> kind,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        Requests.Filter filter = filters.of(tenant, project, key, model, kind.map(KindName::name), from, until);
        return Listed.of(requests.list(actor, filter, Listed.paging(cursor, limit)), RequestView::of);
    }
}
