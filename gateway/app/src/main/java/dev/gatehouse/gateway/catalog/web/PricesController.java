package dev.gatehouse.gateway.catalog.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.NotFoundException;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.catalog.Prices;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Money;
import dev.gatehouse.gateway.vocabulary.Price;
import jakarta.validation.Valid;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/prices", produces = "application/json")
final class PricesController {

    private final Prices prices;
    private final Clock clock = Clock.systemUTC();
    private final Currency currency;

    PricesController(Prices prices, Currency currency) {
        this.prices = prices;
        this.currency = currency;
    }

    /**
     * A price of a model. Money is text: a decimal number of the currency.
     *
     * @param currency of all amounts (ISO 4217)
     * @param until the end, excluded; null: until another one begins
     */
    record PriceView(
            UUID id,
            String model,
            String currency,
            Instant from,
            @Nullable Instant until,
            String perCall,
            ClassesView perMillionTokens) {

        static PriceView of(Currency currency, Prices.Stored stored) {
            return new PriceView(
                    stored.id(),
                    stored.model().value(),
                    currency.getCurrencyCode(),
                    stored.from(),
                    stored.until().orElse(null),
                    Money.words(stored.price().perCall()),
                    ClassesView.of(stored.price()));
        }
    }

    /** Money for a million tokens of each class. */
    record ClassesView(String uncached, String cached, String reasoning, String output) {

        static ClassesView of(Price price) {
            return new ClassesView(
                    Money.perMillion(price.uncached()),
                    Money.perMillion(price.cached()),
                    Money.perMillion(price.reasoning()),
                    Money.perMillion(price.output()));
        }
    }

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED)
    PriceView createPrice(@AuthenticationPrincipal Actor actor, @RequestBody @Valid PriceBody.NewPrice body) {
        Instant begin = body.begin(clock.instant());
        return view(prices.create(actor, body.name(), body.price(), begin, body.end()));
    }

    @GetMapping
    Listed<PriceView> listPrices(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<String> model,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        Optional<ModelName> name = model.map(text -> InvalidException.reading("model", () -> new ModelName(text)));
        return Listed.of(prices.list(actor, name, Listed.paging(cursor, limit)), this::view);
    }

    @GetMapping("/{id}")
    PriceView getPrice(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return found(prices.find(actor, id));
    }

    /** Only the end of a price can be changed. */
    @PutMapping(path = "/{id}", consumes = "application/json")
    PriceView endPrice(
            @AuthenticationPrincipal Actor actor,
            @PathVariable UUID id,
            @RequestBody @Valid PriceBody.EndedPrice body) {
        Prices.Stored before = prices.find(actor, id).orElseThrow(() -> new NotFoundException("price"));
        Optional<Instant> until = body.end(clock.instant());
        if (until.isPresent() && !before.from().isBefore(until.get())) {
            throw new InvalidException("until: it must be after the beginning");
        }
        return found(prices.end(actor, id, until));
    }

    /** Takes back what has not begun. */
    @DeleteMapping("/{id}")
    PriceView deletePrice(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return found(prices.delete(actor, id));
    }

    private PriceView view(Prices.Stored price) {
        return PriceView.of(currency, price);
    }

    private PriceView found(Optional<Prices.Stored> price) {
        return price.map(this::view).orElseThrow(() -> new NotFoundException("price"));
    }
}
