package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.Optional;

/** The key that a first start hands out, in a tenant and a project of its own. */
final class QuickstartKey {

    private static final String NAME = "default";

    private final Peppers peppers;
    private final KeyStore store;
    private final KeyIssuer issuer;

    QuickstartKey(Peppers peppers, KeyStore store, KeyIssuer issuer) {
        this.peppers = peppers;
        this.store = store;
        this.issuer = issuer;
    }

    /**
     * Sees to it that the key exists, and leaves it as it is where it does; any number of gateways may do so at once.
     *
     * @param secret the content of the secret file {@code quickstart-key}
     */
    void ensure(String secret) {
        ApiKey key = ApiKey.parse(secret.strip())
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the secret file quickstart-key holds no whole API key: remove it, or write a key that begins with gh_live_"));
        if (store.find(peppers.digests(key)).isEmpty()) {
            TenantId tenant = store.tenant(NAME);
            ProjectId project = store.project(tenant, NAME);
            store.add(new NewKey(
                    tenant, project, "quickstart", issuer.sealed(key), Optional.empty(), KeyScope.EVERYTHING));
        }
    }
}
