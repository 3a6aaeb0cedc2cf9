package dev.gatehouse.gateway.portal.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Grants;
import dev.gatehouse.gateway.access.web.KeyView;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.portal.Portal;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Money;
import dev.gatehouse.gateway.vocabulary.Price;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/me", produces = "application/json")
final class MeController {

    private final Portal portal;
    private final Currency currency;

    MeController(Portal portal, Currency currency) {
        this.portal = portal;
        this.currency = currency;
    }

    /**
     * What is the user's own.
     *
     * @param currency of all amounts (ISO 4217)
     * @param keys those that it owns, the latest first
     * @param monthChargeNano what they owe this month, by the tenant's calendar; up to a minute late
     * @param projects those that it may use
     * @param models all that there are
     */
    record MeView(
            String currency,
            List<KeyView> keys,
            long monthChargeNano,
            List<GrantedProjectView> projects,
            List<OfferedModelView> models) {

        static MeView of(Currency currency, Portal.Own own) {
            return new MeView(
                    currency.getCurrencyCode(),
                    own.keys().stream().map(KeyView::of).toList(),
                    own.monthCharge(),
                    own.projects().stream().map(GrantedProjectView::of).toList(),
                    own.models().stream().map(OfferedModelView::of).toList());
        }
    }

    /** @param models the only ones; null for all */
    record GrantedProjectView(
            UUID project, String projectName, @Nullable List<String> models) {

        static GrantedProjectView of(Grants.Granted granted) {
            return new GrantedProjectView(
                    granted.project().value(),
                    granted.name(),
                    granted.permits()
                            .models()
                            .map(some ->
                                    some.stream().map(ModelName::value).sorted().toList())
                            .orElse(null));
        }
    }

    /**
     * A model.
     *
     * @param context in tokens; null while no node serves it
     * @param price null when it is free
     * @param granted whether the user may use it in some project
     */
    record OfferedModelView(
            String id, @Nullable Integer context, @Nullable OfferedPriceView price, boolean granted) {

        static OfferedModelView of(Portal.Offer offer) {
            return new OfferedModelView(
                    offer.model().value(),
                    offer.context().isPresent() ? offer.context().getAsInt() : null,
                    offer.price().equals(Price.FREE) ? null : OfferedPriceView.of(offer.price()),
                    offer.granted());
        }
    }

    /** Money is text: a decimal number of the currency. */
    record OfferedPriceView(String perCall, MillionView perMillionTokens) {

        static OfferedPriceView of(Price price) {
            return new OfferedPriceView(
                    Money.words(price.perCall()),
                    new MillionView(
                            Money.perMillion(price.uncached()),
                            Money.perMillion(price.cached()),
                            Money.perMillion(price.reasoning()),
                            Money.perMillion(price.output())));
        }
    }

    /** Money for a million tokens of each class. */
    record MillionView(String uncached, String cached, String reasoning, String output) {}

    @GetMapping
    MeView getMe(@AuthenticationPrincipal Actor actor) {
        return MeView.of(currency, portal.of(actor));
    }
}
