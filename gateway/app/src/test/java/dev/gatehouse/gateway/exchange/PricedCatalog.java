package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.catalog.PriceList;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Tariff;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A catalog in which every model exists, at one price. */
record PricedCatalog(Price price, Tariff tariff) implements Catalog {

    @Override
    public Optional<Model> find(Caller caller, ModelName name) {
        PriceList.Entry always = new PriceList.Entry(price, Instant.EPOCH, Instant.MAX);
        return Optional.of(new Model(name, "us", Instant.EPOCH, List.of(), new PriceList(List.of(always))));
    }

    @Override
    public List<Model> models() {
        return List.of();
    }

    @Override
    public Tariff tariff(Instant now) {
        return tariff;
    }
}
