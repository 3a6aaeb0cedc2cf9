package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import java.time.Instant;
import java.util.List;

/** A model that can be asked for, its routes in order of preference, and what it costs whoever asks. */
public record Model(ModelName name, String ownedBy, Instant created, List<Route> routes, PriceList prices) {

    /** What a request that arrives at a moment owes; nothing where there is no price. */
    public Price price(Instant now) {
        return prices.at(now);
    }
}
