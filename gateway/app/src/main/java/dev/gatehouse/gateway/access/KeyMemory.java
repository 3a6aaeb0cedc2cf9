package dev.gatehouse.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * What was found lately, by a key's digest under the newest pepper. Unknown keys have a memory of their own, so that a flood of them cannot
 * push good ones out.
 */
final class KeyMemory {

    /** How long a revoked key may still be taken for a good one. */
    static final Duration KEPT = Duration.ofSeconds(1);

    static final int MOST_FOUND = 100_000;
    static final int MOST_ABSENT = 10_000;

    private final Cache<KeyDigest, Lookup> found;
    private final Cache<KeyDigest, Lookup> absent;

    KeyMemory(Ticker ticker) {
        this.found = cache(MOST_FOUND, ticker);
        this.absent = cache(MOST_ABSENT, ticker);
    }

    Optional<Lookup> recall(KeyDigest name) {
        Lookup known = found.getIfPresent(name);
        return Optional.ofNullable(known != null ? known : absent.getIfPresent(name));
    }

    void keep(KeyDigest name, Lookup answer) {
        switch (answer) {
            case Lookup.Found _ -> found.put(name, answer);
            case Lookup.Absent _ -> absent.put(name, answer);
        }
    }

    /** How many keys are remembered, found and absent ones, expired ones left out. */
    long size() {
        found.cleanUp();
        absent.cleanUp();
        return found.estimatedSize() + absent.estimatedSize();
    }

    private static Cache<KeyDigest, Lookup> cache(int most, Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .build();
    }
}
