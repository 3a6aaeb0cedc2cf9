package dev.gatehouse.gateway.vocabulary;

import java.util.Optional;
import java.util.Set;

/**
 * What a caller may ask for.
 *
 * @param models the only models, by the names by which they are asked for; empty for all
 */
public record Permits(Optional<Set<ModelName>> models) {

    public static final Permits EVERYTHING = new Permits(Optional.empty());

    public boolean allows(ModelName model) {
        return models.isEmpty() || models.get().contains(model);
    }

    /** Why the caller may not ask for the model; empty when it may. */
    public Optional<Problem> refusal(ModelName model) {
        return allows(model)
                ? Optional.empty()
                : Optional.of(
                        Problem.at(
                                Code.MODEL_NOT_PERMITTED,
                                "model",
                                "This API key may not use this model. GET /v1/models lists those that it may, or ask an administrator to extend the key's scopes."));
    }
}
