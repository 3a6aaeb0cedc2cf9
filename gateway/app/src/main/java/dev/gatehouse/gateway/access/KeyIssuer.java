package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** Makes API keys: the one way to make one. */
public final class KeyIssuer {

    private final Peppers peppers;
    private final KeyStore store;
    private final SecureRandom random = new SecureRandom();

    KeyIssuer(Peppers peppers, KeyStore store) {
        this.peppers = peppers;
        this.store = store;
    }

    /**
     * Makes a key for a project of a tenant and stores its digest. What is returned is the only copy of the secret: show it once.
     *
     * @param name by which people know it, 1 to 200 characters
     * @param expires from when on it is refused; empty for never
     * @throws org.springframework.dao.DataIntegrityViolationException when the tenant has no such project, or the name is not as above
     */
    public IssuedKey issue(TenantId tenant, ProjectId project, String name, Optional<Instant> expires) {
        ApiKey key = ApiKey.random(random);
        KeyId id = adopt(key, tenant, project, name, expires)
                .orElseThrow(() -> new IllegalStateException("two keys of 190 random bits were the same"));
        return new IssuedKey(id, key);
    }

    /**
     * Stores a key whose secret was made elsewhere.
     *
     * @return its identity; empty, and nothing is changed, when it is stored already
     */
    Optional<KeyId> adopt(ApiKey key, TenantId tenant, ProjectId project, String name, Optional<Instant> expires) {
        Pepper pepper = peppers.signing();
        return store.add(
                new NewKey(tenant, project, name, key.prefix(), pepper.digest(key), pepper.version(), expires));
    }
}
