package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;

/** The one truth about who an API key is, for the data plane and for servlets alike. */
final class ApiKeyAuthenticationProvider implements AuthenticationProvider {

    static final Problem UNKNOWN = Problem.of(
            Code.KEY_INVALID,
            "This API key does not exist here: check that it belongs to this gateway, or use another.");
    static final Problem REVOKED =
            Problem.of(Code.KEY_REVOKED, "This API key was revoked: use another, or ask its owner for a new one.");
    static final Problem EXPIRED =
            Problem.of(Code.KEY_EXPIRED, "This API key has expired: use another, or ask its owner for a new one.");

    private final KeyLookup keys;
    private final InstantSource clock;

    ApiKeyAuthenticationProvider(KeyLookup keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return ApiKeyAuthentication.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        ApiKeyAuthentication asked = (ApiKeyAuthentication) presented;
        return ApiKeyAuthentication.of(caller(keys.find(asked.key()), asked.visit()));
    }

    /**
     * The caller, if the key is remembered; never waits.
     *
     * @throws KeyRefusedException when the key is remembered and may not be used so
     */
    Optional<Caller> recall(ApiKey key, Visit visit) {
        return keys.recall(key).map(answer -> caller(answer, visit));
    }

    private Caller caller(Lookup answer, Visit visit) {
        return switch (answer) {
            case Lookup.Found(KeyRecord key) -> usable(key, visit);
            case Lookup.Absent _ -> throw new KeyRefusedException(UNKNOWN);
        };
    }

    private Caller usable(KeyRecord key, Visit visit) {
        if (key.revoked().isPresent()) {
            throw new KeyRefusedException(REVOKED);
        }
        if (key.expires().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
            throw new KeyRefusedException(EXPIRED);
        }
        key.scope().refusal(visit).ifPresent(why -> {
            throw new KeyRefusedException(why);
        });
        return key.caller();
    }
}
