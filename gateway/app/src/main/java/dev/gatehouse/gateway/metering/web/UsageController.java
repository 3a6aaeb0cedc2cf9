package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.metering.Requests;
import dev.gatehouse.gateway.metering.UsageSums;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/usage", produces = "application/json")
final class UsageController {

    private final UsageSums sums;
    private final Filters filters;

    UsageController(UsageSums sums, Clock clock) {
        this.sums = sums;
        this.filters = new Filters(clock);
    }

    /** By what to sum. */
    enum GroupingName {
        tenant,
        project,
        key,
        model,
        hour,
        day
    }

    /** A sum; money in nano-units of the currency. */
    record UsageView(
            String group,
            long requests,
            long attempts,
            long promptTokens,
            long cachedTokens,
            long completionTokens,
            long reasoningTokens,
            long chargeNano,
            long costNano) {

        static UsageView of(UsageSums.Sum sum) {
            return new UsageView(
                    sum.group(),
                    sum.requests(),
                    sum.attempts(),
                    sum.tokens().prompt(),
                    sum.tokens().cached(),
                    sum.tokens().completion(),
                    sum.tokens().reasoning(),
                    sum.charge(),
                    sum.cost());
        }
    }

    /** Up to a minute late; the first thousand. */
    @GetMapping
    Listed<UsageView> sumUsage(
            @AuthenticationPrincipal Actor actor,
            @RequestParam GroupingName by,
            @RequestParam Optional<UUID> tenant,
            @RequestParam Optional<UUID> project,
            @RequestParam Optional<UUID> key,
            @RequestParam Optional<String> model,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until) {
        UsageSums.Grouping grouping = UsageSums.Grouping.valueOf(by.name().toUpperCase(Locale.ROOT));
        Requests.Filter filter = filters.of(tenant, project, key, model, Optional.empty(), from, until);
        return new Listed<>(
                sums.by(actor, grouping, filter).stream().map(UsageView::of).toList(), null);
    }
}
