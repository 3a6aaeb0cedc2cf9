package dev.gatehouse.gateway.guard;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.database.CoreDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the guard together. */
@Configuration(proxyBeanMethods = false)
class GuardConfiguration {

    @Bean
    Guard guard(CoreDatabase database, MeterRegistry meters) {
        return new PolicyGuard(new PostgresPolicies(database, Ticker.systemTicker()), new FindingCounts(meters));
    }
}
