package dev.gatehouse.gateway.quota.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Key;
import dev.gatehouse.gateway.access.Keys;
import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.access.web.NotFoundException;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.quota.Level;
import dev.gatehouse.gateway.quota.Limit;
import dev.gatehouse.gateway.quota.Standings;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/quota", produces = "application/json")
final class QuotaController {

    private final Standings standings;
    private final Keys keys;

    QuotaController(Standings standings, Keys keys) {
        this.standings = standings;
        this.keys = keys;
    }

    /**
     * A limit that binds a key.
     *
     * @param limit its id; null for what the installation gives to whoever has no limit of its own
     * @param state null for the organisation's limits when a tenant's user asks: it would tell what others use
     * @param needed what the call uses at least
     * @param room when that is there if nobody calls; null when it is there now, or depends on requests under way, or never
     */
    record BindingView(
            @Nullable UUID limit,
            String level,
            @Nullable UUID subject,
            @Nullable String model,
            String what,
            @Nullable String per,
            LimitView.@Nullable StateView state,
            String needed,
            boolean refuses,
            @Nullable Instant room) {

        static BindingView of(Actor actor, Standings.Binding binding) {
            Limit limit = binding.limit();
            boolean others = actor.tenant().isPresent() && limit.level() == Level.ORGANISATION;
            return new BindingView(
                    binding.byDefault() ? null : limit.id(),
                    limit.level().wire(),
                    limit.level() == Level.ORGANISATION ? null : limit.subject(),
                    limit.model().map(ModelName::value).orElse(null),
                    limit.measure().wire(),
                    limit.period().wire().orElse(null),
                    others ? null : LimitView.StateView.of(limit.measure(), binding.state()),
                    limit.measure().write(binding.needed()),
                    binding.refuses(),
                    binding.room().orElse(null));
        }
    }

    /**
     * What binds a key that asks for a model, the widest limit first.
     *
     * @param first the limit that would refuse the call; null when it would be admitted
     */
    record ExplainedView(
            List<BindingView> items,
            boolean admits,
            @Nullable BindingView first) {}

    /**
     * @param input prompt tokens that the call uses at least
     * @param output completion tokens that it uses at least
     * @param charge what it costs at least
     */
    @GetMapping
    ExplainedView explainQuota(
            @AuthenticationPrincipal Actor actor,
            @RequestParam UUID key,
            @RequestParam String model,
            @RequestParam(defaultValue = "1") long input,
            @RequestParam(defaultValue = "1") long output,
            @RequestParam(defaultValue = "0") String charge) {
        Key found = keys.find(actor, new KeyId(key)).orElseThrow(() -> new NotFoundException("key"));
        Caller caller = new Caller(found.tenant(), found.project(), found.id());
        ModelName name = InvalidException.reading("model", () -> new ModelName(model));
        long money = InvalidException.reading("charge", () -> Money.nano(charge));
        Standings.Least least =
                InvalidException.reading("input, output", () -> new Standings.Least(input, output, money));
        return view(actor, standings.explain(caller, name, least));
    }

    private static ExplainedView view(Actor actor, Standings.Explained explained) {
        List<BindingView> bindings = explained.bindings().stream()
                .map(binding -> BindingView.of(actor, binding))
                .toList();
        Optional<BindingView> first = explained.first().map(binding -> BindingView.of(actor, binding));
        return new ExplainedView(bindings, first.isEmpty(), first.orElse(null));
    }
}
