package dev.gatehouse.gateway.catalog;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.Notices;
import java.util.Currency;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    private static final String CATALOG = "catalog";

    @Bean
    CatalogStore catalogStore(CoreDatabase core) {
        return new PostgresCatalogStore(core);
    }

    @Bean
    StoredCatalog catalog(CatalogStore store) {
        return new StoredCatalog(store, Ticker.systemTicker());
    }

    @Bean
    CatalogRefresh catalogRefresh(StoredCatalog catalog, Notices notices) {
        CatalogRefresh refresh = new CatalogRefresh(catalog);
        notices.subscribe(CATALOG, _ -> refresh.changed());
        return refresh;
    }

    /** Of all amounts of money. */
    @Bean
    Currency currency(CatalogProperties properties) {
        return properties.currency();
    }

    @Bean
    Prices prices(CoreDatabase core, PostgresSight sight) {
        return new PostgresPrices(core, sight);
    }

    @Bean
    NodeTariffs nodeTariffs(CoreDatabase core, PostgresSight sight) {
        return new PostgresTariffs(core, sight);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "gatehouse.catalog.publish-registered", matchIfMissing = true)
    RegisteredModels registeredModels(CatalogStore store, StoredCatalog catalog) {
        return new RegisteredModels(store, catalog);
    }
}
