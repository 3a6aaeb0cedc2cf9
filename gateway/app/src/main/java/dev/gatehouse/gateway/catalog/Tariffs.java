package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.vocabulary.Tariff;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What our own nodes cost over time: each tariff holds until the next begins. */
record Tariffs(NavigableMap<Instant, Tariff> byBegin) {

    static final Tariffs NONE = new Tariffs(new TreeMap<>());

    Tariff at(Instant now) {
        var last = byBegin.floorEntry(now);
        return last == null ? Tariff.NONE : last.getValue();
    }
}
