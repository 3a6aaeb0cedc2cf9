package dev.gatehouse.gateway.access;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.TenantTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    /** Exit status of a gateway that cannot check keys any more. */
    private static final int BROKEN = 70;

    @Bean
    Peppers peppers(Environment environment, CoreDatabase core) {
        Peppers peppers = Peppers.of(Binder.get(environment)
                .bind("pepper", Bindable.mapOf(Integer.class, String.class))
                .orElse(Map.of()));
        PepperCheck.run(peppers, new PostgresPepperStore(core));
        return peppers;
    }

    @Bean
    KeyStore keyStore(CoreDatabase core, TenantTransactions tenants) {
        return new PostgresKeyStore(core, tenants);
    }

    @Bean
    KeyIssuer keyIssuer(Peppers peppers, KeyStore store) {
        return new KeyIssuer(peppers, store);
    }

    @Bean
    KeyMemory keyMemory() {
        return new KeyMemory(Ticker.systemTicker());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    KeyBatches keyBatches(KeyStore store, KeyMemory memory) {
        return new KeyBatches(store, memory, () -> Runtime.getRuntime().halt(BROKEN));
    }

    @Bean
    AuthenticationManager authenticationManager(Peppers peppers, KeyMemory memory, KeyBatches batches) {
        KeyLookup keys = new KeyLookup(peppers, memory, batches);
        return new ProviderManager(new ApiKeyAuthenticationProvider(keys, Clock.systemUTC()));
    }

    @Bean
    Access access(AuthenticationManager authentication, MeterRegistry meters) {
        return new KeyAccess(authentication, meters);
    }

    @Bean
    QuickstartKey quickstartKey(Environment environment, Peppers peppers, KeyStore store, KeyIssuer issuer) {
        QuickstartKey quickstart = new QuickstartKey(peppers, store, issuer);
        Optional.ofNullable(environment.getProperty("quickstart-key")).ifPresent(quickstart::ensure);
        return quickstart;
    }
}
