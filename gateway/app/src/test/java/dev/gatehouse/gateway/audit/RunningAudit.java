package dev.gatehouse.gateway.audit;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.context.ConfigurableApplicationContext;

/** The audit on a database of its own. */
record RunningAudit(TestDatabase database, ConfigurableApplicationContext gateway, Audit audit, Rows rows)
        implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Closing it closes the database too. */
    static RunningAudit on(TestDatabase database, Path secrets) {
        ConfigurableApplicationContext gateway = AuditStart.on(database, secrets);
        return new RunningAudit(database, gateway, gateway.getBean(Audit.class), new Rows(database));
    }

    /** A new intent, on disk. */
    IntentId intended() {
        return audit.intend(Samples.intent()).await(PATIENCE).intent();
    }

    @Override
    public void close() {
        gateway.close();
        database.close();
    }
}
