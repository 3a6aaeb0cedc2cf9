package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Endpoint;
import dev.gatehouse.gateway.access.Key;
import dev.gatehouse.gateway.access.KeyScope;
import dev.gatehouse.gateway.access.Network;
import dev.gatehouse.gateway.vocabulary.ModelName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What administrators send of a key. A missing or null restriction is none. */
final class KeyBody {

    private KeyBody() {}

    /** A new key. */
    record NewKey(
            @NotNull UUID project,
            @NotBlank @Size(max = 200) String name,
            @Nullable Instant expires,

            @Nullable @Size(min = 1, max = 100) List<String> models,

            @Nullable @Size(min = 1, max = 100) List<String> endpoints,

            @Nullable @Size(min = 1, max = 100) List<String> addresses) {

        Key.Properties properties() {
            return new Key.Properties(name, Optional.ofNullable(expires), scope(models, endpoints, addresses));
        }
    }

    /** All that can be changed of a key. */
    record ChangedKey(
            @NotBlank @Size(max = 200) String name,
            @Nullable Instant expires,

            @Nullable @Size(min = 1, max = 100) List<String> models,

            @Nullable @Size(min = 1, max = 100) List<String> endpoints,

            @Nullable @Size(min = 1, max = 100) List<String> addresses) {

        Key.Properties properties() {
            return new Key.Properties(name, Optional.ofNullable(expires), scope(models, endpoints, addresses));
        }
    }

    private static KeyScope scope(
            @Nullable List<String> models, @Nullable List<String> endpoints, @Nullable List<String> addresses) {
        return new KeyScope(
                read("models", models, ModelName::new).map(some -> some.stream().collect(Collectors.toSet())),
                read("endpoints", endpoints, KeyBody::endpoint)
                        .map(some -> some.stream().collect(Collectors.toSet())),
                read("addresses", addresses, Network::parse));
    }

    private static <T> Optional<List<T>> read(String member, @Nullable List<String> texts, Function<String, T> reader) {
        return Optional.ofNullable(texts)
                .map(all -> InvalidException.reading(
                        member, () -> all.stream().map(reader).toList()));
    }

    private static Endpoint endpoint(String name) {
        return Endpoint.of(name)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is not one of %s"
                        .formatted(
                                name,
                                Arrays.stream(Endpoint.values())
                                        .map(Endpoint::wire)
                                        .collect(Collectors.joining(", ")))));
    }
}
