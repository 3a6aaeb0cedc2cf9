package dev.gatehouse.gateway.database;

import dev.gatehouse.db.TestDatabase;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;

/** The room as other rooms' tests need it: its pools, open on a test's database. */
public final class OpenDatabase implements AutoCloseable {

    private final ConfigurableApplicationContext room;

    private OpenDatabase(ConfigurableApplicationContext room) {
        this.room = room;
    }

    /**
     * Opens the pools.
     *
     * @param secrets an empty directory, to be filled with the passwords
     */
    public static OpenDatabase on(TestDatabase database, Path secrets) {
        database.writeSecrets(secrets);
        return new OpenDatabase(DatabaseStart.on(database, secrets));
    }

    public CoreDatabase core() {
        return room.getBean(CoreDatabase.class);
    }

    public TenantTransactions tenants() {
        return room.getBean(TenantTransactions.class);
    }

    public OpenTransaction transaction() {
        return room.getBean(OpenTransaction.class);
    }

    @Override
    public void close() {
        room.close();
    }
}
