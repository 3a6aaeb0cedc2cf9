package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API key as administrators see it: its secrets are not part of it.
 *
 * @param owner who made it for itself; empty for the tenant's
 * @param lastUsed some seconds late and a second inexact
 * @param secrets those that are good, oldest first: one, two while the key is being rotated, none of a console key
 */
public record Key(
        KeyId id,
        TenantId tenant,
        ProjectId project,
        String name,
        Optional<Owner> owner,
        Kind kind,
        State state,
        KeyScope scope,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> revoked,
        Optional<Instant> lastUsed,
        List<Secret> secrets) {

    public enum Kind {
        /** One that is presented by its secret. */
        API,
        /** On it is booked what its owner asks in the playground; nobody can present it. */
        CONSOLE
    }

    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    /**
     * What is shown of a secret.
     *
     * @param prefix its first characters
     * @param expires the end of its grace; empty for the newest
     */
    public record Secret(String prefix, Instant created, Optional<Instant> expires) {}

    /**
     * What can be changed of a key.
     *
     * @param name 1 to 200 characters
     */
    public record Properties(String name, Optional<Instant> expires, KeyScope scope) {}

    /** For the record of acts. */
    Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("project", project.value().toString());
        told.put("name", name);
        owner.ifPresent(user -> told.put("owner", user.name()));
        told.put("kind", kind.name());
        told.put("state", state.name());
        expires.ifPresent(time -> told.put("expires", time.toString()));
        scope.models()
                .ifPresent(some -> told.put(
                        "models", some.stream().map(ModelName::value).sorted().toList()));
        scope.endpoints()
                .ifPresent(some -> told.put(
                        "endpoints", some.stream().map(Endpoint::wire).sorted().toList()));
        scope.networks()
                .ifPresent(some -> told.put(
                        "addresses", some.stream().map(Network::toString).toList()));
        told.put(
                "secrets",
                secrets.stream()
                        .map(secret -> secret.expires()
                                .map(end -> secret.prefix() + " until " + end)
                                .orElse(secret.prefix()))
                        .toList());
        return told;
    }
}
