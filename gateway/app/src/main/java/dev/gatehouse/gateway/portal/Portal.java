package dev.gatehouse.gateway.portal;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Grants;
import dev.gatehouse.gateway.access.Key;
import dev.gatehouse.gateway.access.Keys;
import dev.gatehouse.gateway.backend.Contexts;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.metering.OwnCharges;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;

/** Puts together what a user sees of its own. */
@Component
public final class Portal {

    private final Keys keys;
    private final OwnCharges charges;
    private final Grants grants;
    private final Catalog catalog;
    private final Contexts contexts;
    private final Clock clock;

    Portal(Keys keys, OwnCharges charges, Grants grants, Catalog catalog, Contexts contexts, Clock clock) {
        this.keys = keys;
        this.charges = charges;
        this.grants = grants;
        this.catalog = catalog;
        this.contexts = contexts;
        this.clock = clock;
    }

    /**
     * What is a user's.
     *
     * @param keys the latest first
     * @param monthCharge what its keys owe this month, in nano-units of the currency
     * @param projects those that it may use
     * @param models all that there are
     */
    public record Own(List<Key> keys, long monthCharge, List<Grants.Granted> projects, List<Offer> models) {}

    /**
     * A model.
     *
     * @param context in tokens; empty while no node serves it
     * @param price what a request owes now
     * @param granted whether the user may use it in some project
     */
    public record Offer(ModelName model, OptionalInt context, Price price, boolean granted) {}

    /** @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL cannot be reached */
    public Own of(Actor actor) {
        List<Grants.Granted> projects = grants.of(actor);
        Instant now = clock.instant();
        List<Offer> offers = catalog.models().stream()
                .map(model -> offer(model, projects, now))
                .toList();
        return new Own(keys.owned(actor), charges.thisMonth(actor), projects, offers);
    }

    private Offer offer(Model model, List<Grants.Granted> projects, Instant now) {
        return new Offer(
                model.name(),
                contexts.of(model.name()),
                model.price(now),
                projects.stream().anyMatch(project -> project.permits().allows(model.name())));
    }
}
