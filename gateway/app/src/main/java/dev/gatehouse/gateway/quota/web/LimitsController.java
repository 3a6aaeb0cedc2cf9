package dev.gatehouse.gateway.quota.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.NotFoundException;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.quota.Level;
import dev.gatehouse.gateway.quota.Limits;
import dev.gatehouse.gateway.quota.Measure;
import dev.gatehouse.gateway.quota.StoredLimit;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import jakarta.validation.Valid;
import java.time.Clock;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/limits", produces = "application/json")
final class LimitsController {

    private final Limits limits;
    private final Clock clock = Clock.systemUTC();
    private final Currency currency;

    LimitsController(Limits limits, Currency currency) {
        this.limits = limits;
        this.currency = currency;
    }

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED)
    LimitView createLimit(@AuthenticationPrincipal Actor actor, @RequestBody @Valid LimitBody.WantedLimit body) {
        return view(limits.create(actor, body.wanted()));
    }

    @GetMapping
    Listed<LimitView> listLimits(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<UUID> tenant,
            @RequestParam Optional<String> level,
            @RequestParam Optional<UUID> subject,
            @RequestParam Optional<String> model,
            @RequestParam Optional<String> what,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        Limits.Filter filter = new Limits.Filter(
                tenant.map(TenantId::new),
                level.map(name -> LimitBody.named("level", Level.class, name)),
                subject,
                model.map(name -> InvalidException.reading("model", () -> new ModelName(name))),
                what.map(name -> LimitBody.named("what", Measure.class, name)));
        return Listed.of(limits.list(actor, filter, Listed.paging(cursor, limit)), this::view);
    }

    @GetMapping("/{id}")
    LimitView getLimit(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return view(existing(actor, id));
    }

    @PutMapping(path = "/{id}", consumes = "application/json")
    LimitView changeLimit(
            @AuthenticationPrincipal Actor actor,
            @PathVariable UUID id,
            @RequestBody @Valid LimitBody.ChangedLimit body) {
        long amount = LimitBody.amount(existing(actor, id).limit().measure(), body.amount());
        return found(LimitBody.checked(() -> limits.change(actor, id, amount, LimitBody.soft(body.softPercent()))));
    }

    /** Answers the limit as it was. */
    @DeleteMapping("/{id}")
    LimitView deleteLimit(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return found(limits.delete(actor, id));
    }

    @PostMapping(path = "/{id}/overrides", consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED)
    LimitView overrideLimit(
            @AuthenticationPrincipal Actor actor,
            @PathVariable UUID id,
            @RequestBody @Valid LimitBody.NewOverride body) {
        Measure measure = existing(actor, id).limit().measure();
        return found(LimitBody.checked(() -> limits.override(actor, id, body.override(measure, clock.instant()))));
    }

    @DeleteMapping("/{id}/overrides/{override}")
    LimitView endOverride(@AuthenticationPrincipal Actor actor, @PathVariable UUID id, @PathVariable UUID override) {
        return view(limits.endOverride(actor, id, override)
                .orElseThrow(() -> new NotFoundException("limit, or it has no such override")));
    }

    private StoredLimit existing(Actor actor, UUID id) {
        return limits.find(actor, id).orElseThrow(() -> new NotFoundException("limit"));
    }

    private LimitView view(StoredLimit limit) {
        return LimitView.of(currency, limit);
    }

    private LimitView found(Optional<StoredLimit> limit) {
        return limit.map(this::view).orElseThrow(() -> new NotFoundException("limit"));
    }
}
