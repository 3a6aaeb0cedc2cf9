package dev.gatehouse.launcher.system;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A PostgreSQL that is stopped breaks its connections and refuses new ones; one that hangs does neither. */
@Timeout(180)
class DatabaseStoppedIT {

    @Test
    void aStoppedDatabaseIsAClearRefusalThatTouchesNoNodeAndWorksSoonAfterItsReturn() throws IOException {
        try (ForeignPostgres postgres = ForeignPostgres.start();
                Stack stack = Stack.startOn(
                        postgres, "--model", "echo:", "--gateways", "2", "--database-url", postgres.url())) {
            List<String> gateways = List.of("gateway-1", "gateway-2");
            String key = Keys.limited(stack, "requests", "day", 1_000, "gateway-1", "gateway-2");
            new StoppedDatabase(stack, postgres, key, gateways).assertRefusedMeanwhileAndServedAgain();
        }
    }
}
