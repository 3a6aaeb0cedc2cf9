package dev.gatehouse.gateway.quota;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.Instance;
import dev.gatehouse.gateway.database.Notices;
import dev.gatehouse.gateway.database.OpenTransaction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class QuotaConfiguration {

    private static final Duration TERM = Duration.ofSeconds(15);
    private static final String LIMITS = "limits";

    @Bean
    QuotaMeters quotaMeters(MeterRegistry metrics) {
        return new QuotaMeters(metrics);
    }

    @Bean
    ReadLimits readLimits(CoreDatabase core, QuotaProperties properties, Notices notices) {
        ReadLimits limits = new ReadLimits(new PostgresLimitStore(core), properties.requestsPerMinute());
        notices.subscribe(LIMITS, _ -> limits.changed());
        return limits;
    }

    @Bean
    Spendings spendings(OpenTransaction transaction, ReadLimits limits) {
        return new PostgresSpendings(transaction, limits);
    }

    @Bean
    MeterBinder limitMeters(ReadLimits limits) {
        return registry -> Gauge.builder(
                        "gatehouse.quota.limits", limits, read -> read.get().size())
                .description("Limits in force, defaults aside")
                .register(registry);
    }

    @Bean
    PoolClock poolClock() {
        return new PoolClock(Ticker.systemTicker());
    }

    @Bean
    Leases leases(PoolClock clock) {
        return new Leases(clock);
    }

    /** Needs the pool's time before anybody is admitted. */
    @Bean
    Teller teller(
            CoreDatabase core,
            Instance instance,
            PoolClock clock,
            Leases leases,
            QuotaMeters meters,
            Notices notices,
            ApplicationEventPublisher events) {
        Pool pool = new PostgresQuotaPool(core, instance, clock, TERM);
        pool.now();
        Teller teller = new Teller(pool, leases, meters, new PostgresWarnings(core, events::publishEvent));
        notices.subscribe(Recall.CHANNEL, message -> teller.recalled(Recall.read(message)));
        teller.start();
        return teller;
    }

    @Bean
    LimitStates limitStates(CoreDatabase core, PoolClock clock) {
        return new PostgresLimitStates(core, clock);
    }

    @Bean
    Limits limits(PostgresSight sight, LimitStates states) {
        return new PostgresLimits(sight, states);
    }

    @Bean
    Standings standings(ReadLimits limits, LimitStates states) {
        return new BookStandings(limits, states);
    }

    @Bean
    LeasedQuota quota(ReadLimits limits, Leases leases, Teller teller, QuotaMeters meters) {
        return new LeasedQuota(limits, leases, teller, meters);
    }
}
