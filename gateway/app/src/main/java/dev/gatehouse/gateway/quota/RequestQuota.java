package dev.gatehouse.gateway.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits requests per minute, of a key and of all keys of its tenant, in memory: each gateway counts what it admits itself. */
final class RequestQuota implements Quota {

    /** A bucket that rested for a minute is full again, so that forgetting it forgets nothing. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final int defaultRate;
    private final Ticker ticker;

    /** Without a bound on their number: only keys and tenants that exist have one, and evicting one in use would fill it. */
    private final Cache<KeyId, Bucket> keys;

    private final Cache<TenantId, Bucket> tenants;
    private final AtomicInteger open = new AtomicInteger();

    RequestQuota(int defaultRate, Ticker ticker) {
        this.defaultRate = defaultRate;
        this.ticker = ticker;
        this.keys = buckets(ticker);
        this.tenants = buckets(ticker);
    }

    @Override
    public Admission admit(Caller caller, Bound bound) {
        long now = Math.floorDiv(ticker.read(), 1_000L);
        int keyRate = caller.limits().key().orElse(defaultRate);
        int tenantRate = caller.limits().tenant().orElse(defaultRate);
        Bucket key = keys.get(caller.key(), _ -> new Bucket(keyRate, now));
        Bucket tenant = tenants.get(caller.tenant(), _ -> new Bucket(tenantRate, now));
        Wait wait = take(new Level("API key", key, keyRate), new Level("tenant", tenant, tenantRate), now);
        return wait.micros == 0 ? admitted(bound) : new Admission.Limited(wait.problem());
    }

    /** How many reservations are not settled yet. */
    int open() {
        return open.get();
    }

    /** How many buckets are in memory. */
    long buckets() {
        keys.cleanUp();
        tenants.cleanUp();
        return keys.estimatedSize() + tenants.estimatedSize();
    }

    private Admission admitted(Bound bound) {
        open.incrementAndGet();
        return new Admission.Admitted(new Held(bound, open::decrementAndGet));
    }

    /** Takes from both levels, or from none and says which keeps the caller waiting longest; the tenant is always locked first. */
    private static Wait take(Level key, Level tenant, long now) {
        synchronized (tenant.bucket) {
            synchronized (key.bucket) {
                Wait longest = Wait.longer(key.until(now), tenant.until(now));
                if (longest.micros == 0) {
                    key.bucket.take();
                    tenant.bucket.take();
                }
                return longest;
            }
        }
    }

    private static <K> Cache<K, Bucket> buckets(Ticker ticker) {
        return Caffeine.newBuilder().expireAfterAccess(IDLE).ticker(ticker).build();
    }

    private record Level(String name, Bucket bucket, int rate) {

        Wait until(long now) {
            return new Wait(this, bucket.until(rate, now));
        }
    }

    private record Wait(Level level, long micros) {

        static Wait longer(Wait one, Wait other) {
            return one.micros >= other.micros ? one : other;
        }

        Problem problem() {
            Duration wait = Duration.of(micros, ChronoUnit.MICROS);
            return Problem.later(
                    Code.RATE_LIMITED,
                    wait,
                    "This %s may make %d requests a minute; there is room for the next in %s s: wait, or have the limit raised."
                            .formatted(level.name, level.rate, seconds(wait)));
        }

        private static String seconds(Duration wait) {
            return BigDecimal.valueOf(wait.toNanos(), 9)
                    .setScale(3, RoundingMode.CEILING)
                    .toPlainString();
        }
    }
}
