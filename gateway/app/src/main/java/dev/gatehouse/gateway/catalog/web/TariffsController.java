package dev.gatehouse.gateway.catalog.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.NotFoundException;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.catalog.NodeTariffs;
import dev.gatehouse.gateway.vocabulary.Money;
import dev.gatehouse.gateway.vocabulary.Tariff;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/tariffs", produces = "application/json")
final class TariffsController {

    private final NodeTariffs tariffs;
    private final Clock clock = Clock.systemUTC();
    private final Currency currency;

    TariffsController(NodeTariffs tariffs, Currency currency) {
        this.tariffs = tariffs;
        this.currency = currency;
    }

    /**
     * What an hour of one of our own nodes costs us.
     *
     * @param nodeHour a decimal number of the currency, at most 1000
     * @param from the beginning, not in the past; now if it is missing
     */
    record TariffBody(@NotNull String nodeHour, @Nullable Instant from) {

        Tariff tariff() {
            return InvalidException.reading("nodeHour", () -> new Tariff(Money.nano(nodeHour)));
        }

        Instant begin(Instant now) {
            if (from != null && from.isBefore(now)) {
                throw new InvalidException("from: a tariff begins now, if this is left out, or later");
            }
            return from == null ? now : from;
        }
    }

    /**
     * A tariff, which holds until the next one begins.
     *
     * @param currency of the amount (ISO 4217)
     */
    record TariffView(UUID id, String currency, String nodeHour, Instant from) {}

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED)
    TariffView createTariff(@AuthenticationPrincipal Actor actor, @RequestBody @Valid TariffBody body) {
        return view(tariffs.create(actor, body.tariff(), body.begin(clock.instant())));
    }

    @GetMapping
    Listed<TariffView> listTariffs(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        return Listed.of(tariffs.list(actor, Listed.paging(cursor, limit)), this::view);
    }

    /** Takes back what has not begun. */
    @DeleteMapping("/{id}")
    TariffView deleteTariff(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return tariffs.delete(actor, id).map(this::view).orElseThrow(() -> new NotFoundException("tariff"));
    }

    private TariffView view(NodeTariffs.Stored stored) {
        return new TariffView(
                stored.id(),
                currency.getCurrencyCode(),
                Money.words(stored.tariff().nodeHour()),
                stored.from());
    }
}
