package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.DatabaseStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the room with the gateway's own configuration file and a directory of secret files. */
@PooledWhenLong
@Timeout(60)
final class AccessStartTest {

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path secrets;

    @BeforeEach
    void writeSecrets() throws IOException {
        database.writeSecrets(secrets);
        write("pepper.1", TestKeys.pepper(1));
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void makesTheQuickstartKeyFromItsFile() throws IOException {
        ApiKey key = TestKeys.random();
        write("quickstart-key", key.secret());
        for (int start = 0; start < 2; start++) {
            try (ConfigurableApplicationContext room = start()) {
                assertThat(room.getBean(Access.class).identify(TestKeys.header(key), TestKeys.VISIT))
                        .isInstanceOf(Identity.Known.class);
            }
        }
    }

    @Test
    void signsWithTheHighestOfItsPepperFiles() throws IOException {
        write("pepper.2", TestKeys.pepper(2));
        write("pepper.10", TestKeys.pepper(10));
        try (ConfigurableApplicationContext room = start()) {
            assertThat(room.getBean(Peppers.class).signing().version()).isEqualTo(10);
        }
        Files.delete(secrets.resolve("pepper.2"));
        assertThatThrownBy(() -> start().close())
                .hasStackTraceContaining("pepper.2, which is missing: put the file back");
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(secrets.resolve(file), content + "\n");
    }

    private ConfigurableApplicationContext start() {
        return DatabaseStart.with(AccessConfiguration.class, database, secrets);
    }
}
