package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** Access by API key. */
final class KeyAccess implements Access {

    private final ApiKeyAuthenticationProvider keys;
    private final RefusalCounts refusals;

    KeyAccess(ApiKeyAuthenticationProvider keys, MeterRegistry meters) {
        this.keys = keys;
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
    public Optional<Identity> recall(Optional<String> authorization, Visit visit) {
        return switch (Bearer.read(authorization)) {
            case Bearer.Presented.Key(ApiKey key) -> recalled(key, visit);
            case Bearer.Presented.Refused(Problem why) -> Optional.of(unknown(why));
        };
    }

    @Override
    public Identity identify(Optional<String> authorization, Visit visit) {
        return switch (Bearer.read(authorization)) {
            case Bearer.Presented.Key(ApiKey key) -> identify(ApiKeyAuthentication.presented(key, visit));
            case Bearer.Presented.Refused(Problem why) -> unknown(why);
        };
    }

    private Identity identify(ApiKeyAuthentication presented) {
        try {
            return new Identity.Known(((ApiKeyAuthentication) keys.authenticate(presented)).caller());
        } catch (KeyRefusedException e) {
            return unknown(e.problem());
        }
    }

    private Optional<Identity> recalled(ApiKey key, Visit visit) {
        try {
            return keys.recall(key, visit).<Identity>map(Identity.Known::new);
        } catch (KeyRefusedException e) {
            return Optional.of(unknown(e.problem()));
        }
    }

    private Identity unknown(Problem why) {
        return new Identity.Unknown(refusals.counted(why));
    }
}
