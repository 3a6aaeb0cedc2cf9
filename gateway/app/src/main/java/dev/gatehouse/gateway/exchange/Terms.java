package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Tariff;
import java.time.Instant;

/**
 * For how much a request is done.
 *
 * @param dearest the highest price that the caller could owe
 * @param tariff what our own nodes cost us
 */
record Terms(Price dearest, Tariff tariff) {

    /** Those of the moment at which the request arrived. */
    static Terms of(Catalog catalog, Caller caller, ModelName model, Instant arrived) {
        Price price =
                catalog.find(caller, model).map(known -> known.price(arrived)).orElse(Price.FREE);
        return new Terms(price, catalog.tariff(arrived));
    }
}
