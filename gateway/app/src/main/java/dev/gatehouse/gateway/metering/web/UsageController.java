package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.metering.Forecasts;
import dev.gatehouse.gateway.metering.UsageSums;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
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
    private final Clock clock;
    private final Currency currency;

    UsageController(UsageSums sums, Forecasts forecasts, Clock clock, Currency currency) {
        this.sums = sums;
        this.forecasts = forecasts;
        this.clock = clock;
        this.currency = currency;
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

    /** A time of the calendar of each tenant. */
    enum PeriodName {
        month
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
     * @param currency of all amounts (ISO 4217)
     * @param next the {@code cursor} of the part that follows; null at the end
     * @param total over all parts
     */
    record UsagePage(
            String currency,
            List<UsageView> items,
            @Nullable String next,
            UsageView total) {

        static UsagePage of(Currency currency, UsageSums.Part part) {
            return new UsagePage(
                    currency.getCurrencyCode(),
                    part.items().stream().map(UsageView::of).toList(),
                    part.next().orElse(null),
                    UsageView.of(part.total()));
        }
    }

    /** Up to a minute late; the hours that begin in the time, or those of the present month of each tenant. */
    @GetMapping
    UsagePage sumUsage(
            @AuthenticationPrincipal Actor actor,
            @RequestParam GroupingName by,
            @RequestParam Optional<OverName> over,
            WhoseQuery whose,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until,
            @RequestParam Optional<PeriodName> period,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        UsageSums.Time time = period.map(name -> month(from, until)).orElseGet(() -> span(from, until));
        UsageSums.Wanted wanted = InvalidException.reading(
                "limit",
                () -> new UsageSums.Wanted(
                        UsageSums.Grouping.valueOf(by.name().toUpperCase(Locale.ROOT)),
                        over.map(name -> UsageSums.Over.valueOf(name.name().toUpperCase(Locale.ROOT))),
                        filters.whose(whose),
                        time,
                        cursor,
                        limit));
        return UsagePage.of(currency, InvalidException.reading("cursor", () -> sums.by(actor, wanted)));
    }

    private UsageSums.Time month(Optional<Instant> from, Optional<Instant> until) {
        if (from.isPresent() || until.isPresent()) {
            throw new InvalidException("period: leave out from and until beside it");
        }
        return new UsageSums.Time.Month(clock.instant());
    }

    private UsageSums.Time span(Optional<Instant> from, Optional<Instant> until) {
        Filters.Span span = filters.span(from, until);
        return new UsageSums.Time.Span(span.from(), span.until());
    }

    /** What the calendar month will come to, by the calendar of the tenant, or of UTC for all together. */
    @GetMapping("/forecast")
    ForecastView forecastUsage(@AuthenticationPrincipal Actor actor, @RequestParam Optional<UUID> tenant) {
        return ForecastView.of(currency, forecasts.month(actor, tenant.map(TenantId::new)));
    }
}
