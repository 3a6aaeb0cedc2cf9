package dev.gatehouse.gateway.audit;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.DatabaseStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the audit with the database's room. */
final class AuditStart {

    private AuditStart() {}

    static ConfigurableApplicationContext on(TestDatabase database, Path secrets, String... settings) {
        return with(AuditConfiguration.class, database, secrets, settings);
    }

    /** Starts a configuration class that imports the audit's. */
    static ConfigurableApplicationContext with(Class<?> room, TestDatabase database, Path secrets, String... settings) {
        database.writeSecrets(secrets);
        try {
            Files.writeString(secrets.resolve("join.1"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DatabaseStart.with(room, database, secrets, settings);
    }
}
