package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ModelsServed;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/** Publishes what nodes serve: a node that registers holds the join secret, and so is trusted with that. */
final class RegisteredModels {

    private static final Logger log = LoggerFactory.getLogger(RegisteredModels.class);

    private final CatalogStore store;
    private final StoredCatalog catalog;

    RegisteredModels(CatalogStore store, StoredCatalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    @EventListener
    void served(ModelsServed report) {
        List<ModelName> missing =
                report.models().stream().filter(name -> !catalog.knows(name)).toList();
        if (missing.isEmpty()) {
            return;
        }
        if (store.publish(missing) > 0) {
            log.info("Published {}, which the node {} serves", missing, report.node());
        }
        catalog.refresh();
    }
}
