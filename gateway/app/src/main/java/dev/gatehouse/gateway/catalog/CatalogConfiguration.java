package dev.gatehouse.gateway.catalog;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.database.CoreDatabase;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    @Bean
    CatalogStore catalogStore(CoreDatabase core) {
        return new PostgresCatalogStore(core);
    }

    @Bean
    StoredCatalog catalog(CatalogStore store) {
        return new StoredCatalog(store, Ticker.systemTicker());
    }

    @Bean
    CatalogRefresh catalogRefresh(StoredCatalog catalog) {
        return new CatalogRefresh(catalog);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "gatehouse.catalog.publish-registered", matchIfMissing = true)
    RegisteredModels registeredModels(CatalogStore store, StoredCatalog catalog) {
        return new RegisteredModels(store, catalog);
    }
}
