package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.db.PgBouncer;
import dev.gatehouse.launcher.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two gateways whose database is behind a PgBouncer with three connections a role, each transaction on another one. */
@Tag("long")
@Timeout(240)
class PooledDatabaseIT {

    private static final String HELLO = Script.says("hello").whole();
    private static final int LIMIT = 20;
    private static final List<String> GATEWAYS = List.of("gateway-1", "gateway-2");

    private static ForeignPostgres postgres;
    private static PgBouncer pooler;
    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed here: apt-get install pgbouncer");
        postgres = ForeignPostgres.start();
        pooler = PgBouncer.before(postgres.port(), postgres.passwords());
        stack = Stack.startOn(
                postgres,
                "--model",
                "echo:",
                "--gateways",
                "2",
                "--database-url",
                "jdbc:postgresql://127.0.0.1:" + pooler.port() + "/gatehouse",
                "--direct-database-url",
                postgres.url());
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
        if (pooler != null) {
            pooler.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void aLimitHoldsOverBothGatewaysAndTheBooksAgree() throws Exception {
        String key = Keys.limited(stack, "requests", "day", LIMIT, "gateway-1", "gateway-2");
        int served = 0;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < 3 * LIMIT; i++) {
                Client client = client(key, i % 2);
                calls.add(callers.submit(() -> client.post(HELLO)));
            }
            for (Future<HttpResponse<String>> call : calls) {
                assertThat(call.get().statusCode()).isIn(200, 429);
                served += call.get().statusCode() == 200 ? 1 : 0;
            }
        }
        while (client(key, served % 2).post(HELLO).statusCode() == 200) {
            served++;
        }
        assertThat(served).isEqualTo(LIMIT);
        new Outcomes(stack).awaitNoneOpen();
        Terminal.Ended ended =
                new Terminal(stack.data()).gatehouse("audit", "reconcile", "--since", "20m", "--until", "0");
        assertThat(ended.status()).as(ended.output() + ended.narration()).isZero();
    }

    @Test
    void aRevokedKeyIsRefusedByBothGateways() throws Exception {
        Terminal terminal = new Terminal(stack.data());
        var made = Client.JSON.readTree(
                terminal.gatehouse("keys", "create", "pooled", "--json").output());
        String key = made.path("secret").asString();
        assertThat(client(key, 0).post(HELLO).statusCode()).isEqualTo(200);
        assertThat(client(key, 1).post(HELLO).statusCode()).isEqualTo(200);
        terminal.gatehouse("keys", "revoke", made.path("key").path("id").asString());
        Eventually.holds(
                Duration.ofSeconds(5),
                () -> client(key, 0).post(HELLO).statusCode() == 401
                        && client(key, 1).post(HELLO).statusCode() == 401,
                () -> "the revoked key still works");
    }

    @Test
    void aStoppedDatabaseIsAClearRefusalThatTouchesNoNodeAndWorksSoonAfterItsReturn() throws IOException {
        String key = Keys.limited(stack, "requests", "day", 1_000, "gateway-1", "gateway-2");
        new StoppedDatabase(stack, postgres, key, GATEWAYS).assertRefusedMeanwhileAndServedAgain();
    }

    private static Client client(String key, int gateway) {
        return new Client(stack.url(GATEWAYS.get(gateway)) + "/v1", key);
    }
}
