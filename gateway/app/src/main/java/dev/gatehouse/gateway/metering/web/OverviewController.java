package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.backend.Fleet;
import dev.gatehouse.gateway.metering.Attention;
import dev.gatehouse.gateway.metering.FirstSteps;
import dev.gatehouse.gateway.metering.Forecasts;
import dev.gatehouse.gateway.metering.Requests;
import dev.gatehouse.gateway.metering.Traffic;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/overview", produces = "application/json")
final class OverviewController {

    private final Traffic traffic;
    private final Forecasts forecasts;
    private final Attention attention;
    private final FirstSteps steps;
    private final Fleet fleet;
    private final Filters filters;
    private final Currency currency;

    OverviewController(
            Traffic traffic,
            Forecasts forecasts,
            Attention attention,
            FirstSteps steps,
            Fleet fleet,
            Clock clock,
            Currency currency) {
        this.traffic = traffic;
        this.forecasts = forecasts;
        this.attention = attention;
        this.steps = steps;
        this.fleet = fleet;
        this.filters = new Filters(clock);
        this.currency = currency;
    }

    /** Of a day up to now, where the time is missing. */
    @GetMapping
    OverviewView readOverview(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<UUID> tenant,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until) {
        Filters.Span span = filters.span(from, until);
        Optional<TenantId> whose = tenant.map(TenantId::new);
        Requests.Whose all = new Requests.Whose(whose, Optional.empty(), Optional.empty(), Optional.empty());
        Instant before = span.from().minus(Duration.between(span.from(), span.until()));
        Traffic.Summary now = traffic.summary(actor, all, span.from(), span.until());
        Traffic.Counts then = traffic.counts(actor, all, before, span.from());
        List<Fleet.Member> nodes = actor.tenant().isPresent() ? List.of() : fleet.members();
        return new OverviewView(
                currency.getCurrencyCode(),
                span.from(),
                span.until(),
                now.requests(),
                then.requests(),
                now.failed(),
                then.failed(),
                now.firstTokenP50Ms().orElse(null),
                now.firstTokenP95Ms().orElse(null),
                now.outputTokens(),
                now.outputTokensPerSecond(),
                actor.tenant().isPresent() ? null : ready(nodes),
                actor.tenant().isPresent() ? null : (long) nodes.size(),
                OverviewView.MonthView.of(forecasts.month(actor, whose)),
                forecasts.spend(actor, whose).stream()
                        .map(OverviewView.SpendView::of)
                        .toList(),
                traffic.failures(actor, all, span.from(), span.until()).stream()
                        .map(OverviewView.FailureView::of)
                        .toList(),
                attention.needed(actor, whose).stream()
                        .map(OverviewView.AttentionView::of)
                        .toList(),
                steps.of(actor));
    }

    private static long ready(List<Fleet.Member> nodes) {
        return nodes.stream().filter(node -> node.state() == Fleet.State.READY).count();
    }
}
