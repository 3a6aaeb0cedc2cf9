package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** An API key that was presented, or the caller that it turned out to be. */
final class ApiKeyAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1;

    private final transient @Nullable ApiKey key;
    private final transient @Nullable Visit visit;
    private final transient @Nullable Caller caller;

    private ApiKeyAuthentication(@Nullable ApiKey key, @Nullable Visit visit, @Nullable Caller caller) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.key = key;
        this.visit = visit;
        this.caller = caller;
        super.setAuthenticated(caller != null);
    }

    static ApiKeyAuthentication presented(ApiKey key, Visit visit) {
        return new ApiKeyAuthentication(key, visit, null);
    }

    static ApiKeyAuthentication of(Caller caller) {
        return new ApiKeyAuthentication(null, null, caller);
    }

    ApiKey key() {
        return Objects.requireNonNull(key, "already authenticated");
    }

    Visit visit() {
        return Objects.requireNonNull(visit, "already authenticated");
    }

    Caller caller() {
        return Objects.requireNonNull(caller, "not yet authenticated");
    }

    @Override
    public @Nullable Object getCredentials() {
        return key;
    }

    @Override
    public @Nullable Object getPrincipal() {
        return caller;
    }
}
