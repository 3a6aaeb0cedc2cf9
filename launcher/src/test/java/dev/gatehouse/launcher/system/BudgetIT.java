package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** One budget and two gateways. */
class BudgetIT {

    private static final String HELLO = Client.chat(EchoStacks.MODEL, "Hello!", false, "\"max_tokens\":1");
    private static final long TEN_CENTS = 100_000_000;
    private static final long FIVE = 5_000_000_000L;
    private static final String[] GATEWAYS = {"gateway-1", "gateway-2"};

    /** A refusal that may pass says so by a wait that is worth it. */
    private static final int LONGEST_WAIT = 5;

    private static final int LONGEST_REFUSAL = 30;

    @Test
    void twoHundredCallsOfTenCentsAtOnceOnABudgetOfFiveAreAdmittedExactlyFiftyTimes()
            throws IOException, InterruptedException, ExecutionException {
        try (Stack stack = Stack.start("--model", "echo:", "--gateways", "2");
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            price(stack);
            String key = Keys.limited(stack, "charge", "quarter", FIVE, GATEWAYS);
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Client client = new Client(stack.url(GATEWAYS[i % 2]) + "/v1", key);
                calls.add(callers.submit(() -> untilFinal(client)));
            }
            int admitted = 0;
            for (Future<Integer> call : calls) {
                admitted += call.get() == 200 ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(50);
            assertEveryCentIsWhereItBelongs(stack);
        }
    }

    /** A database that hangs is worse than one that is gone: nobody is told. */
    @Test
    void whileTheDatabaseHangsNothingHangsWithItAndNoCentIsLostOrSpentTwice()
            throws IOException, InterruptedException, ExecutionException {
        try (Stack stack = Stack.start("--model", "echo:", "--gateways", "2");
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            price(stack);
            String key = Keys.limited(stack, "charge", "quarter", FIVE, GATEWAYS);
            Client first = new Client(stack.url(GATEWAYS[0]) + "/v1", key);
            for (int i = 0; i < 10; i++) {
                assertThat(first.post(HELLO).statusCode()).isEqualTo(200);
            }
            List<Future<Integer>> calls = new ArrayList<>();
            stack.suspend("postgres");
            try {
                for (int i = 0; i < 40; i++) {
                    Client client = new Client(stack.url(GATEWAYS[i % 2]) + "/v1", key);
                    calls.add(callers.submit(() -> client.post(HELLO).statusCode()));
                }
                for (Future<Integer> call : calls) {
                    assertThat(call.get(LONGEST_REFUSAL, TimeUnit.SECONDS)).isEqualTo(503);
                }
            } catch (TimeoutException hung) {
                throw new AssertionError("a call hangs with the database", hung);
            } finally {
                stack.resume("postgres");
            }
            Eventually.holds(
                    Duration.ofSeconds(LONGEST_WAIT),
                    () -> first.post(HELLO).statusCode() == 200,
                    () -> "it does not work again: " + first.post(HELLO).body());
            List<Future<Integer>> rest = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                Client client = new Client(stack.url(GATEWAYS[i % 2]) + "/v1", key);
                rest.add(callers.submit(() -> untilFinal(client)));
            }
            for (Future<Integer> call : rest) {
                call.get();
            }
            assertEveryCentIsWhereItBelongs(stack);
        }
    }

    private static void price(Stack stack) {
        stack.database()
                .update("INSERT INTO prices (model, per_call) SELECT id, " + TEN_CENTS + " FROM models WHERE name = '"
                        + EchoStacks.MODEL + "'");
        for (String gateway : GATEWAYS) {
            Client client = new Client(stack.url(gateway) + "/v1", stack.key());
            Eventually.holds(
                    Duration.ofSeconds(20),
                    () -> client.post(HELLO).statusCode() == 200 && lastCharge(stack) == TEN_CENTS,
                    () -> gateway + " does not know the price");
        }
    }

    private static long lastCharge(Stack stack) {
        Map<String, String> last = stack.database()
                .rows("SELECT charge_nano FROM outcomes ORDER BY intent DESC LIMIT 1")
                .getFirst();
        return Long.parseLong(last.get("charge_nano"));
    }

    /** As a client does that believes what it is told: tries again until waiting is no use. */
    private static int untilFinal(Client client) throws InterruptedException {
        while (true) {
            HttpResponse<String> answer = client.post(HELLO);
            int wait =
                    Integer.parseInt(answer.headers().firstValue("retry-after").orElse("0"));
            if (answer.statusCode() == 200 || wait > LONGEST_WAIT) {
                return answer.statusCode();
            }
            assertThat(answer.body()).containsAnyOf("budget_exceeded", "_unavailable");
            TimeUnit.SECONDS.sleep(wait);
        }
    }

    private static void assertEveryCentIsWhereItBelongs(Stack stack) {
        assertThat(stack.database()
                        .rows(
                                "SELECT sum(o.charge_nano) AS owed, count(*) FILTER (WHERE o.charge_nano > 0) AS calls FROM outcomes o JOIN limits l ON l.subject = o.key")
                        .getFirst())
                .containsEntry("owed", Long.toString(FIVE))
                .containsEntry("calls", "50");
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> stack.database()
                        .rows("SELECT b.spent, b.leased FROM buckets b JOIN limits l ON l.id = b.limit_id")
                        .getFirst()
                        .equals(Map.of("spent", Long.toString(FIVE), "leased", "0")),
                () -> "the budget's bucket: " + stack.database().rows("SELECT * FROM buckets"));
    }
}
