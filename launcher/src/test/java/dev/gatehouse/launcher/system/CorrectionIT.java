package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Requests that were closed while their node could not say what it did, and what happens when it comes back. */
@Timeout(180)
class CorrectionIT {

    private static final String WORKER = "worker-1";
    private static final String GATEWAY = "gateway-1";
    private static final long PER_CALL = 100_000_000;
    private static final long OUTPUT = 1_000;
    private static final long BUDGET = 5_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.start(
                "--model",
                "echo:",
                "--set",
                "gatehouse.exchange.recovery-patience=1s",
                "--set",
                "gatehouse.exchange.correction-interval=1s");
        stack.database()
                .update("INSERT INTO prices (model, per_call, output) SELECT id, %d, %d FROM models WHERE name = '%s'"
                        .formatted(PER_CALL, OUTPUT, EchoStacks.MODEL));
        awaitCharged();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    /** The gateway saw the tokens that reached it; only the node knows the prompt's, and those that were on their way. */
    @Test
    void aNodeKilledInMidStreamSaysWhatItDidWhenItIsBack() throws Exception {
        String key = Keys.limited(stack, "charge", "quarter", BUDGET, GATEWAY);
        long pid = stack.pid(WORKER);
        String request = openUntil(key, 5, () -> stack.kill(WORKER));

        Map<String, String> outcome = new Outcomes(stack).of(request);
        assertThat(outcome)
                .containsEntry("kind", "failed")
                .containsEntry("code", "upstream_lost")
                .containsEntry("exact", "f");

        stack.awaitRestart(WORKER, pid);
        Map<String, String> correction = correction(request);
        assertThat(correction)
                .containsEntry("exact", "t")
                .containsEntry("due", "f")
                .containsEntry("charge_nano", "0");
        assertLinesAreTheNodes(request);
        assertSpent(key, 0);
        assertBooksAgree();
    }

    /** With its gateway dead too nobody knows what is owed until the node can be asked. */
    @Test
    void aRequestClosedAsUnknownIsOwedWhenItsNodeIsBack() throws Exception {
        String key = Keys.limited(stack, "charge", "quarter", BUDGET, GATEWAY);
        long gateway = stack.pid(GATEWAY);
        long worker = stack.pid(WORKER);
        String request = openUntil(key, 5, () -> stack.kill(GATEWAY));
        awaitEnded(request);
        stack.suspend(WORKER);

        Map<String, String> outcome = new Outcomes(stack).of(request);
        assertThat(outcome)
                .containsEntry("kind", "unknown")
                .containsEntry("exact", "f")
                .containsEntry("charge_nano", "0");
        assertThat(stack.pid(GATEWAY)).isNotEqualTo(gateway);
        assertThat(lines(request)).isEmpty();

        stack.kill(WORKER);
        stack.awaitRestart(WORKER, worker);
        Map<String, String> correction = correction(request);
        assertThat(correction).containsEntry("exact", "t").containsEntry("due", "t");
        long owed = PER_CALL + OUTPUT * number(correction, "completion_tokens");
        assertThat(number(correction, "completion_tokens")).isGreaterThanOrEqualTo(5);
        assertThat(number(correction, "charge_nano")).isEqualTo(owed);
        assertLinesAreTheNodes(request);
        assertSpent(key, owed);
        assertBooksAgree();
    }

    /** Opens a stream, acts when so many events have come, and reads on as far as it goes. */
    private static String openUntil(String key, int events, Runnable act) {
        HttpResponse<Stream<String>> stream = new Client(stack.baseUrl(), key)
                .open(Script.words(1000).pacedMs(20).streamed());
        assertThat(stream.statusCode()).isEqualTo(200);
        try (Stream<String> lines = stream.body()) {
            Iterator<String> data =
                    lines.filter(line -> line.startsWith("data: ")).iterator();
            for (int seen = 1; data.hasNext(); seen++) {
                data.next();
                if (seen == events) {
                    act.run();
                }
            }
        } catch (UncheckedIOException cut) {
            assertThat(cut).hasRootCauseInstanceOf(IOException.class);
        }
        return stream.headers().firstValue("x-request-id").orElseThrow();
    }

    private static void awaitEnded(String request) {
        Eventually.holds(
                Duration.ofSeconds(10),
                () -> record(request).path("state").asString("").equals("ended"),
                () -> "the node goes on: " + record(request));
    }

    private static JsonNode record(String request) {
        return new NodeRecords(stack, WORKER).of(request).path(0);
    }

    private static Map<String, String> correction(String request) {
        String query = "SELECT * FROM ledger WHERE kind = 'correction' AND request = ?::uuid";
        Eventually.holds(
                PATIENCE,
                () -> stack.database().rows(query, request).size() == 1,
                () -> "no correction; outcome " + new Outcomes(stack).of(request) + ", lines " + lines(request)
                        + ", node " + record(request));
        return stack.database().rows(query, request).getFirst();
    }

    private static List<Map<String, String>> lines(String request) {
        return stack.database().rows("SELECT * FROM ledger WHERE request = ?::uuid", request);
    }

    private static void assertLinesAreTheNodes(String request) {
        JsonNode usage = record(request).path("usage");
        for (String tokens : List.of("prompt_tokens", "completion_tokens")) {
            assertThat(lines(request).stream()
                            .mapToLong(line -> number(line, tokens))
                            .sum())
                    .as(tokens)
                    .isEqualTo(usage.path(tokens).asLong());
        }
    }

    private static void assertSpent(String key, long nano) {
        String query = """
                SELECT coalesce(sum(b.spent), 0) AS spent, coalesce(sum(b.leased), 0) AS leased
                FROM buckets b JOIN limits l ON l.id = b.limit_id JOIN key_secrets s ON s.key = l.subject WHERE s.prefix = ?""";
        Map<String, String> wanted = Map.of("spent", Long.toString(nano), "leased", "0");
        String prefix = key.substring(0, 12);
        Eventually.holds(
                PATIENCE,
                () -> stack.database().rows(query, prefix).getFirst().equals(wanted),
                () -> "the budget's bucket: " + stack.database().rows(query, prefix));
    }

    private static void assertBooksAgree() throws Exception {
        Terminal.Ended ended =
                new Terminal(stack.data()).gatehouse("audit", "reconcile", "--since", "20m", "--until", "0", "--json");
        assertThat(ended.status()).as(ended.output() + ended.narration()).isZero();
    }

    private static void awaitCharged() {
        String hello = Script.says("hello").whole();
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> stack.client().post(hello).statusCode() == 200
                        && number(
                                        stack.database()
                                                .rows("SELECT charge_nano FROM outcomes ORDER BY intent DESC LIMIT 1")
                                                .getFirst(),
                                        "charge_nano")
                                >= PER_CALL,
                () -> "the gateway does not know the price");
    }

    private static long number(Map<String, String> row, String column) {
        return Long.parseLong(row.getOrDefault(column, ""));
    }
}
