package dev.gatehouse.gateway.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies in {@code tenants.guard_policy}, remembered for a few seconds. */
final class PostgresPolicies implements Policies {

    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPolicies.class);
    private static final int MOST_TENANTS = 10_000;

    private static final Problem NOT_VALID = Problem.of(
            Code.INTERNAL, "The guard policy of this tenant is not valid. Ask its administrator to correct it.");
    private static final Problem STOPPING =
            Problem.later(Code.SHUTTING_DOWN, Duration.ofSeconds(1), "The gateway is stopping: try again.");

    private final CoreDatabase database;

    /** Empty: what is stored for the tenant is no policy. */
    private final Cache<TenantId, Optional<Policy>> remembered;

    /** One for a tenant at a time; all that wait for it share what comes of it, a failure too. */
    private final ConcurrentHashMap<TenantId, FutureTask<Optional<Policy>>> lookUps = new ConcurrentHashMap<>();

    PostgresPolicies(CoreDatabase database, Ticker ticker) {
        this.database = database;
        this.remembered = Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .maximumSize(MOST_TENANTS)
                .ticker(ticker)
                .build();
    }

    @Override
    public Policy of(TenantId tenant) {
        Optional<Policy> policy = remembered.getIfPresent(tenant);
        return (policy == null ? askedFor(tenant) : policy).orElseThrow(() -> new Fault(NOT_VALID));
    }

    private Optional<Policy> askedFor(TenantId tenant) {
        FutureTask<Optional<Policy>> mine = new FutureTask<>(() -> lookUp(tenant));
        FutureTask<Optional<Policy>> earlier = lookUps.putIfAbsent(tenant, mine);
        if (earlier != null) {
            return outcome(earlier);
        }
        mine.run();
        return outcome(mine);
    }

    /** A caller that misses memory may come just after another's look-up has ended. */
    private Optional<Policy> lookUp(TenantId tenant) {
        try {
            Optional<Policy> policy = remembered.getIfPresent(tenant);
            if (policy == null) {
                policy = stored(tenant);
                remembered.put(tenant, policy);
            }
            return policy;
        } finally {
            lookUps.remove(tenant);
        }
    }

    private static Optional<Policy> outcome(FutureTask<Optional<Policy>> lookUp) {
        try {
            return lookUp.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Fault fault
                    ? new Fault(fault.problem(), e)
                    : new IllegalStateException("the look-up of a guard policy failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(STOPPING, e);
        }
    }

    private Optional<Policy> stored(TenantId tenant) {
        Optional<String> text = database.query(client -> client.sql("SELECT guard_policy FROM tenants WHERE id = ?")
                .param(tenant.value())
                .query(String.class)
                .optional());
        try {
            return Optional.of(PolicyText.parse(text.orElseThrow(() -> new IllegalArgumentException("is not there"))));
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "All requests of tenant {} are refused: its tenants.guard_policy {}",
                    tenant.value(),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
