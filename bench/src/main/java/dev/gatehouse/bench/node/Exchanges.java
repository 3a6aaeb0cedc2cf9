package dev.gatehouse.bench.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The exchanges that this node remembers: the newest {@value #KEPT}, in memory. */
final class Exchanges {

    static final int KEPT = 10_000;

    private final Map<ExchangeId, Exchange> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ExchangeId, Exchange> eldest) {
            return size() > KEPT;
        }
    };

    private long accepted;

    /** False when the id has been used already. */
    synchronized boolean add(ExchangeId id, Exchange exchange) {
        boolean fresh = known.putIfAbsent(id, exchange) == null;
        accepted += fresh ? 1 : 0;
        return fresh;
    }

    /** How many were added, those that are forgotten included. */
    synchronized long accepted() {
        return accepted;
    }

    synchronized Optional<Exchange> find(ExchangeId id) {
        return Optional.ofNullable(known.get(id));
    }

    synchronized List<Exchange> ofIntent(String intent) {
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().intent().equals(intent))
                .map(Map.Entry::getValue)
                .toList();
    }
}
