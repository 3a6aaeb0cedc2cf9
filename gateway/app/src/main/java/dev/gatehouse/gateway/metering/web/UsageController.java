package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.metering.Forecast;
import dev.gatehouse.gateway.metering.Forecasts;
import dev.gatehouse.gateway.metering.UsageSums;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/usage", produces = "application/json")
final class UsageController {

    private final UsageSums sums;
    private final Forecasts forecasts;
    private final Filters filters;

    UsageController(UsageSums sums, Forecasts forecasts, Clock clock) {
        this.sums = sums;
        this.forecasts = forecasts;
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

    /** By which time to divide sums further. */
    enum OverName {
        hour,
        day
    }

    /**
     * A sum; money in nano-units of the currency.
     *
     * @param label the name of the tenant, project or key; null where there is none
     * @param at the hour or day, with {@code over}
     */
    record UsageView(
            String group,
            @Nullable String label,
            @Nullable String at,
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
                    sum.label().orElse(null),
                    sum.at().orElse(null),
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

    /**
     * A part of the sums.
     *
     * @param next the {@code cursor} of the part that follows; null at the end
     * @param total over all parts
     */
    record UsagePage(List<UsageView> items, @Nullable String next, UsageView total) {

        static UsagePage of(UsageSums.Part part) {
            return new UsagePage(
                    part.items().stream().map(UsageView::of).toList(),
                    part.next().orElse(null),
                    UsageView.of(part.total()));
        }
    }

    /** Up to a minute late; the hours that begin in the time. */
    @GetMapping
    UsagePage sumUsage(
            @AuthenticationPrincipal Actor actor,
            @RequestParam GroupingName by,
            @RequestParam Optional<OverName> over,
            WhoseQuery whose,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        Filters.Span span = filters.span(from, until);
        UsageSums.Wanted wanted = InvalidException.reading(
                "limit",
                () -> new UsageSums.Wanted(
                        UsageSums.Grouping.valueOf(by.name().toUpperCase(Locale.ROOT)),
                        over.map(name -> UsageSums.Over.valueOf(name.name().toUpperCase(Locale.ROOT))),
                        filters.whose(whose),
                        span.from(),
                        span.until(),
                        cursor,
                        limit));
        return UsagePage.of(InvalidException.reading("cursor", () -> sums.by(actor, wanted)));
    }

    /** What the calendar month will come to, by the calendar of the tenant, or of UTC for all together. */
    @GetMapping("/forecast")
    Forecast forecastUsage(@AuthenticationPrincipal Actor actor, @RequestParam Optional<UUID> tenant) {
        return forecasts.month(actor, tenant.map(TenantId::new));
    }
}
