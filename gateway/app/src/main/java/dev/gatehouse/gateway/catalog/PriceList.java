package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.vocabulary.Price;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The prices of one model over time. */
public record PriceList(List<Entry> entries) {

    public static final PriceList FREE = new PriceList(List.of());

    /** A price from a moment, included, until another one, excluded. */
    public record Entry(Price price, Instant from, Instant until) {

        private boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    public PriceList {
        entries = entries.stream().sorted(Comparator.comparing(Entry::from)).toList();
    }

    /** The price that holds; of several that which began last. */
    Price at(Instant now) {
        return entries.reversed().stream()
                .filter(entry -> entry.holds(now))
                .findFirst()
                .map(Entry::price)
                .orElse(Price.FREE);
    }
}
