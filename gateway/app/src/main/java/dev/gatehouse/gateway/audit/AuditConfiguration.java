package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.database.AppendConnections;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.Instance;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the audit to PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    /** Longer than a living gateway takes to lock its start id again once PostgreSQL is back. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** Intents of a dead gateway that one statement looks at: some tens of milliseconds. */
    private static final int WINDOW = 10_000;

    /** Exit status: halted at once, because a stop in good order would need the writer. */
    private static final int WRITER_DIED = 70;

    private static final Duration STUCK_AFTER = Duration.ofSeconds(2);

    @Bean
    NodeSignatures nodeSignatures(Environment environment) {
        return new HkdfNodeSignatures(JoinSecrets.of(Binder.get(environment)
                .bind("join", Bindable.mapOf(Integer.class, String.class))
                .orElse(Map.of())));
    }

    @Bean
    PostgresAudit audit(
            AppendConnections connections,
            CoreDatabase database,
            Instance instance,
            NodeSignatures signatures,
            MeterRegistry meters) {
        return new PostgresAudit(
                new PostgresAppender(connections, instance),
                signatures,
                new PostgresOrphans(database, instance, signatures, Clock.systemUTC(), GRACE, WINDOW)::find,
                new PostgresDoubts(database, signatures)::next,
                new AuditMeters(meters),
                STUCK_AFTER,
                () -> Runtime.getRuntime().halt(WRITER_DIED));
    }

    @Bean
    HealthIndicator auditHealth(PostgresAudit audit) {
        return new AuditHealth(audit);
    }
}
