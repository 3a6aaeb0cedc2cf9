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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies in {@code tenants.guard_policy}, remembered for a few seconds. */
final class PostgresPolicies implements Policies {

    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPolicies.class);
    private static final int MOST_TENANTS = 10_000;

    private final CoreDatabase database;

    /** Empty: what is stored for the tenant is no policy. */
    private final Cache<TenantId, Optional<Policy>> remembered;

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
        if (policy == null) {
            policy = stored(tenant);
            remembered.put(tenant, policy);
        }
        return policy.orElseThrow(() -> new Fault(Problem.of(
                Code.INTERNAL, "The guard policy of this tenant is not valid. Ask its administrator to correct it.")));
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
