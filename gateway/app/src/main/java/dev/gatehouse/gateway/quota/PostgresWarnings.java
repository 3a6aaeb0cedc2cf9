package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.Act;
import dev.gatehouse.gateway.vocabulary.SoftLimitPassed;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Publishes that a soft limit was passed, and an act of the system, in one transaction. No request waits for it or fails by it. */
final class PostgresWarnings implements Warnings {

    private static final Logger log = LoggerFactory.getLogger(PostgresWarnings.class);
    private static final String SYSTEM = "gatehouse";
    private static final int ALL = 100;

    private final CoreDatabase core;
    private final Consumer<Object> events;

    /** @param events publishes an event to listeners on this thread */
    PostgresWarnings(CoreDatabase core, Consumer<Object> events) {
        this.core = core;
        this.events = events;
    }

    @Override
    public void passed(Terms terms, long spent) {
        Limit limit = terms.limit();
        int percent = limit.soft().orElse(ALL);
        log.warn(
                "The {} {} has used more than {} % of what it may",
                limit.level().words(), limit.subject(), percent);
        try {
            core.transact(client -> {
                publish(client, terms, spent, percent);
                return limit;
            });
        } catch (RuntimeException failed) {
            log.error("That the limit {} was softly passed could not be recorded", limit.id(), failed);
        }
    }

    private void publish(JdbcClient client, Terms terms, long spent, int percent) {
        Limit limit = terms.limit();
        Optional<TenantId> tenant = client.sql("SELECT tenant FROM limits WHERE id = ? AND tenant IS NOT NULL")
                .param(limit.id())
                .query(UUID.class)
                .optional()
                .map(TenantId::new);
        events.accept(new SoftLimitPassed(
                limit.id(),
                tenant,
                limit.level().wire(),
                limit.subject(),
                limit.measure().wire(),
                spent,
                terms.rule().amount(),
                percent));
        events.accept(act(terms, tenant, spent, percent));
    }

    private static Act act(Terms terms, Optional<TenantId> tenant, long spent, int percent) {
        Measure measure = terms.limit().measure();
        return new Act(
                tenant,
                SYSTEM,
                "",
                "limit.warn",
                terms.limit().id(),
                Optional.empty(),
                Optional.of(Map.of(
                        "what",
                        measure.wire(),
                        "spent",
                        measure.write(spent),
                        "amount",
                        measure.write(terms.rule().amount()),
                        "softPercent",
                        percent)));
    }
}
