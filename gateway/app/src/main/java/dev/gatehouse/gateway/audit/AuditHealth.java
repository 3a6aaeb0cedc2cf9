package dev.gatehouse.gateway.audit;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while intents are taken: without them no request is served. */
final class AuditHealth implements HealthIndicator {

    private final PostgresAudit audit;

    AuditHealth(PostgresAudit audit) {
        this.audit = audit;
    }

    @Override
    public Health health() {
        return audit.takesIntents() ? Health.up().build() : Health.down().build();
    }
}
