package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationManager;

/** Access by API key. */
final class KeyAccess implements Access {

    private final AuthenticationManager authentication;

    KeyAccess(AuthenticationManager authentication) {
        this.authentication = authentication;
    }

    @Override
    public Optional<Problem> precheck(Optional<String> authorization) {
        return switch (Bearer.read(authorization)) {
            case Bearer.Presented.Key _ -> Optional.empty();
            case Bearer.Presented.Refused(Problem why) -> Optional.of(why);
        };
    }

    @Override
    public Identity identify(Optional<String> authorization) {
        return switch (Bearer.read(authorization)) {
            case Bearer.Presented.Key(ApiKey key) -> identify(key);
            case Bearer.Presented.Refused(Problem why) -> new Identity.Unknown(why);
        };
    }

    private Identity identify(ApiKey key) {
        try {
            return known(ApiKeyAuthentication.presented(key));
        } catch (KeyRefusedException e) {
            return new Identity.Unknown(e.problem());
        }
    }

    private Identity known(ApiKeyAuthentication presented) {
        ApiKeyAuthentication authenticated = (ApiKeyAuthentication) authentication.authenticate(presented);
        return new Identity.Known(authenticated.caller());
    }
}
