package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.vocabulary.ModelName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was last read of the catalog.
 *
 * @param models by name
 * @param state whether the database holds just these
 */
record CatalogView(List<Model> models, Map<ModelName, Model> byName, Tariffs tariffs, State state) {

    static final CatalogView UNREAD = new CatalogView(List.of(), Map.of(), Tariffs.NONE, State.UNREAD);

    /** How far a view can be trusted. */
    enum State {
        UNREAD,
        /** The last reading failed; these are the models of the one before. */
        STALE,
        FRESH
    }

    static CatalogView of(List<Model> models, Tariffs tariffs) {
        List<Model> sorted = models.stream()
                .sorted(Comparator.comparing(model -> model.name().value()))
                .toList();
        Map<ModelName, Model> byName = sorted.stream().collect(Collectors.toMap(Model::name, Function.identity()));
        return new CatalogView(sorted, byName, tariffs, State.FRESH);
    }

    CatalogView notRefreshed() {
        return state == State.UNREAD ? this : new CatalogView(models, byName, tariffs, State.STALE);
    }

    Optional<Model> find(ModelName name) {
        return Optional.ofNullable(byName.get(name));
    }
}
