package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationManager;

/** Access by API key. */
final class KeyAccess implements Access {

    private final AuthenticationManager authentication;
    private final RefusalCounts refusals;

    KeyAccess(AuthenticationManager authentication, MeterRegistry meters) {
        this.authentication = authentication;
        this.refusals = new RefusalCounts(meters);
    }

    @Override
    public Optional<Problem> precheck(Optional<String> authorization) {
        return switch (Bearer.read(authorization)) {
            case Bearer.Presented.Key _ -> Optional.empty();
            case Bearer.Presented.Refused(Problem why) -> Optional.of(refusals.counted(why));
        };
    }

    @Override
    public Identity identify(Optional<String> authorization, Visit visit) {
        return switch (Bearer.read(authorization)) {
            case Bearer.Presented.Key(ApiKey key) -> identify(key, visit);
            case Bearer.Presented.Refused(Problem why) -> new Identity.Unknown(refusals.counted(why));
        };
    }

    private Identity identify(ApiKey key, Visit visit) {
        try {
            return known(ApiKeyAuthentication.presented(key, visit));
        } catch (KeyRefusedException e) {
            return new Identity.Unknown(refusals.counted(e.problem()));
        }
    }

    private Identity known(ApiKeyAuthentication presented) {
        ApiKeyAuthentication authenticated = (ApiKeyAuthentication) authentication.authenticate(presented);
        return new Identity.Known(authenticated.caller());
    }
}
