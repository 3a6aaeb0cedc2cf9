package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Permits;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a key may be used for, and from where; empty for no restriction.
 *
 * @param models the only models
 * @param endpoints the only groups of paths
 * @param networks the only networks of clients
 */
public record KeyScope(
        Optional<Set<ModelName>> models, Optional<Set<Endpoint>> endpoints, Optional<List<Network>> networks) {

    public static final KeyScope EVERYTHING = new KeyScope(Optional.empty(), Optional.empty(), Optional.empty());

    static final Problem ENDPOINT = Problem.of(
            Code.ENDPOINT_NOT_PERMITTED,
            "This API key may not use this endpoint: use another key, or ask an administrator to extend its scopes.");
    static final Problem ADDRESS = Problem.of(
            Code.ADDRESS_NOT_PERMITTED,
            "This API key may not be used from this network: use another key, or ask an administrator to extend its scopes.");

    /** The scope with only those of its models that are permitted; empty when there are none. */
    Optional<KeyScope> within(Permits permits) {
        if (permits.models().isEmpty()) {
            return Optional.of(this);
        }
        Set<ModelName> both = new HashSet<>(permits.models().get());
        models.ifPresent(both::retainAll);
        return both.isEmpty() ? Optional.empty() : Optional.of(new KeyScope(Optional.of(both), endpoints, networks));
    }

    Permits permits() {
        return models.isEmpty() ? Permits.EVERYTHING : new Permits(models);
    }

    /** Why the key may not be used so; empty when it may. */
    Optional<Problem> refusal(Visit visit) {
        if (networks.isPresent() && networks.get().stream().noneMatch(one -> one.contains(visit.address()))) {
            return Optional.of(ADDRESS);
        }
        if (endpoints.isPresent() && !endpoints.get().contains(visit.endpoint())) {
            return Optional.of(ENDPOINT);
        }
        return Optional.empty();
    }
}
