package dev.gatehouse.gateway.database;

import dev.gatehouse.gateway.vocabulary.Fault;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while PostgreSQL answers; asks it each time, for two seconds at most. */
final class PostgresHealth implements HealthIndicator {

    private final CoreDatabase core;

    PostgresHealth(CoreDatabase core) {
        this.core = core;
    }

    @Override
    public Health health() {
        try {
            core.query(client -> client.sql("SELECT 1").query(Integer.class).single());
            return Health.up().build();
        } catch (Fault away) {
            return Health.down().build();
        }
    }
}
