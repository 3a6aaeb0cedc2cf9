package dev.gatehouse.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

final class DatabaseStartTest {

    private static TestDatabase empty;

    @TempDir
    private static Path secrets;

    @BeforeAll
    static void create() {
        empty = TestDatabase.createEmpty();
        empty.writeSecrets(secrets);
    }

    @AfterAll
    static void drop() {
        empty.close();
    }

    @Test
    void migratesAnEmptyDatabaseBeforeAnyRoomReachesIt() {
        try (ConfigurableApplicationContext gateway = DatabaseStart.on(empty, secrets)) {
            CoreDatabase core = gateway.getBean(CoreDatabase.class);
            long intents = core.query(client ->
                    client.sql("SELECT count(*) FROM intents").query(Long.class).single());
            assertThat(intents).isZero();
            long owners = core.query(client -> client.sql(
                            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'owner' AND datname = current_database()")
                    .query(Long.class)
                    .single());
            assertThat(owners).isZero();
        }
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        refuses("--gatehouse.database.conections=7").hasStackTraceContaining("gatehouse.database.conections");
    }

    @Test
    void refusesAPoolerWithoutAWayPastIt() {
        refuses("--gatehouse.database.pooled=true").hasStackTraceContaining("gatehouse.database.direct-url");
    }

    @Test
    void refusesAPasswordInTheUrl() {
        refuses("--gatehouse.database.direct-url=jdbc:postgresql://h/d?user=x&password=y")
                .hasStackTraceContaining("passwords are files of the secrets directory");
    }

    @Test
    void refusesAPoolWithoutConnections() {
        refuses("--gatehouse.database.core-connections=0").hasStackTraceContaining("coreConnections");
    }

    @Test
    void namesTheFileOfAMissingPassword(@TempDir Path incomplete) throws IOException {
        empty.writeSecrets(incomplete);
        Files.delete(incomplete.resolve("database-core"));
        assertThatThrownBy(() -> DatabaseStart.on(empty, incomplete).close())
                .hasStackTraceContaining("write it to the file database-core");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refuses(String setting) {
        return assertThatThrownBy(
                () -> DatabaseStart.on(empty, secrets, setting).close());
    }
}
