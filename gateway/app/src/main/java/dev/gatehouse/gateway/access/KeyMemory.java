package dev.gatehouse.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.vocabulary.KeyId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was found lately, by a key's digest under the newest pepper. Unknown keys have a memory of their own, so that a flood of them cannot
 * push good ones out.
 */
final class KeyMemory {

    /** How long a changed key may still be taken for what it was if the notice of the change does not arrive. */
    static final Duration KEPT = Duration.ofSeconds(1);

    static final int MOST_FOUND = 100_000;
    static final int MOST_ABSENT = 10_000;

    private final Cache<KeyDigest, Lookup> found;
    private final Cache<KeyDigest, Lookup> absent;
    private final AtomicLong forgettings = new AtomicLong();

    KeyMemory(Ticker ticker) {
        this.found = cache(MOST_FOUND, ticker);
        this.absent = cache(MOST_ABSENT, ticker);
    }

    Optional<Lookup> recall(KeyDigest name) {
        Lookup known = found.getIfPresent(name);
        return Optional.ofNullable(known != null ? known : absent.getIfPresent(name));
    }

    /** A mark of the time before a look-up; see {@link #keep}. */
    long now() {
        return forgettings.get();
    }

    /**
     * Remembers an answer, unless anything was forgotten since: what was read may be what had to be forgotten.
     *
     * @param before what {@link #now} was before the answer was looked up
     */
    void keep(KeyDigest name, Lookup answer, long before) {
        Cache<KeyDigest, Lookup> memory = switch (answer) {
            case Lookup.Found _ -> found;
            case Lookup.Absent _ -> absent;
        };
        memory.put(name, answer);
        if (before != now()) {
            memory.invalidate(name);
        }
    }

    /** Forgets a key, by whichever of its secrets it was found, and all that were not found. */
    void forget(KeyId key) {
        forgettings.incrementAndGet();
        absent.invalidateAll();
        found.asMap()
                .values()
                .removeIf(answer -> answer instanceof Lookup.Found(KeyRecord one)
                        && one.caller().key().equals(key));
    }

    void forgetAll() {
        forgettings.incrementAndGet();
        absent.invalidateAll();
        found.invalidateAll();
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
