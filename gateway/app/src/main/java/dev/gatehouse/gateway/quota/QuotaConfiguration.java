package dev.gatehouse.gateway.quota;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class QuotaConfiguration {

    @Bean
    RequestQuota quota(QuotaProperties properties) {
        return new RequestQuota(properties.requestsPerMinute(), Ticker.systemTicker());
    }

    @Bean
    MeterBinder quotaMeters(RequestQuota quota) {
        return registry -> Gauge.builder("gatehouse.quota.open", quota, RequestQuota::open)
                .description("Reservations that are not settled yet")
                .register(registry);
    }
}
