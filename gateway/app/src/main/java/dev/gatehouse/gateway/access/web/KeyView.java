package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Endpoint;
import dev.gatehouse.gateway.access.Key;
import dev.gatehouse.gateway.access.Keys;
import dev.gatehouse.gateway.access.Network;
import dev.gatehouse.gateway.access.Owner;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A key as administrators see it.
 *
 * @param owner the user who made it for itself; null for the tenant's, and once the user is gone
 * @param ownerName stays when the user is gone
 * @param kind {@code api}, or {@code console}: on it is booked what its owner asks in the playground
 * @param state {@code active}, {@code expired} or {@code revoked}
 * @param lastUsed some seconds late and a second inexact
 * @param secrets those that are good, oldest first
 */
public record KeyView(
        UUID id,
        UUID tenant,
        UUID project,
        String name,
        @Nullable UUID owner,
        @Nullable String ownerName,
        String kind,
        String state,
        @Nullable List<String> models,
        @Nullable List<String> endpoints,
        @Nullable List<String> addresses,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked,
        @Nullable Instant lastUsed,
        List<SecretView> secrets) {

    /**
     * A secret, without the secret.
     *
     * @param prefix its first characters
     * @param expires the end of its grace; null for the newest
     */
    public record SecretView(
            String prefix, Instant created, @Nullable Instant expires) {}

    /**
     * A key with its new secret.
     *
     * @param secret shown this once
     */
    record IssuedKey(KeyView key, String secret) {

        static IssuedKey of(Keys.Issued issued) {
            return new IssuedKey(KeyView.of(issued.key()), issued.secret().secret());
        }
    }

    public static KeyView of(Key key) {
        return new KeyView(
                key.id().value(),
                key.tenant().value(),
                key.project().value(),
                key.name(),
                key.owner().flatMap(Owner::id).map(UserId::value).orElse(null),
                key.owner().map(Owner::name).orElse(null),
                key.kind().name().toLowerCase(Locale.ROOT),
                key.state().name().toLowerCase(Locale.ROOT),
                texts(key.scope().models(), ModelName::value),
                texts(key.scope().endpoints(), Endpoint::wire),
                texts(key.scope().networks(), Network::toString),
                key.created(),
                key.expires().orElse(null),
                key.revoked().orElse(null),
                key.lastUsed().orElse(null),
                key.secrets().stream()
                        .map(secret -> new SecretView(
                                secret.prefix(),
                                secret.created(),
                                secret.expires().orElse(null)))
                        .toList());
    }

    private static <T> @Nullable List<String> texts(Optional<? extends Collection<T>> some, Function<T, String> text) {
        return some.map(all -> all.stream().map(text).sorted().toList()).orElse(null);
    }
}
