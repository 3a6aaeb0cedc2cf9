package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Tariff;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which models exist, and what they cost. Served from memory; refreshed from the database every few seconds and at a miss. */
public interface Catalog {

    /** The model, if it exists and the caller may see it. */
    Optional<Model> find(Caller caller, ModelName name);

    /** All models, by name. */
    List<Model> models();

    /** The models that the caller may see, by name. */
    default List<Model> visible(Caller caller) {
        return models().stream()
                .filter(model -> caller.permits().allows(model.name()))
                .toList();
    }

    /** What an hour of one of our own nodes costs at a moment. */
    Tariff tariff(Instant now);
}
