package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.vocabulary.ModelName;
import java.util.Collection;
import java.util.List;

/** Where the catalog is kept. Every method is one round trip, and throws an unchecked exception when the database is away. */
interface CatalogStore extends Models {

    /** All models with their routes, the preferred route first. */
    @Override
    List<Model> all();

    /** What our own nodes cost. */
    Tariffs tariffs();

    /**
     * Adds each model that does not exist, with a route to the nodes; the others stay as they are.
     *
     * @return how many were added
     */
    int publish(Collection<ModelName> names);
}
