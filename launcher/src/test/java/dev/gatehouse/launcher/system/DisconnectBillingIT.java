package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Forty clients vanish at random tokens, in both dialects, streamed or not: each is billed what its node recorded. */
@Timeout(300)
class DisconnectBillingIT {

    private static final int CLIENTS = 40;
    private static final int AT_ONCE = 8;
    private static final int LATEST = 60;
    private static final long SEED = 14;
    private static final String GATEWAY = "gateway-1";
    private static final String WORKER = "worker-1";
    private static final long A_LOT = 1_000_000_000_000L;
    private static final long PROMPT = 3;
    private static final long OUTPUT = 10;

    @Test
    void whoVanishesIsBilledWhatTheNodeRecorded() throws Exception {
        try (Stack stack = Stack.start("--model", "echo:");
                ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            price(stack);
            String key = Keys.limited(stack, "charge", "day", A_LOT, GATEWAY);
            Random random = new Random(SEED);
            List<Future<String>> vanished = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Call call = Call.of(i);
                int tokens = 1 + random.nextInt(LATEST);
                vanished.add(clients.submit(() -> vanish(stack, key, call, tokens)));
            }
            for (Future<String> request : vanished) {
                assertBilled(stack, request.get());
            }
            assertBooksAgree(stack);
        }
    }

    /** A request whose body no other one has. */
    private record Call(String path, String body) {

        static Call of(int number) {
            Script script = Script.says("word ".repeat(2000) + number).pacedMs(10);
            boolean streamed = number / 2 % 2 == 0;
            if (number % 2 == 0) {
                return new Call("/v1/chat/completions", streamed ? script.streamed() : script.whole());
            }
            return new Call(
                    "/v1/messages", streamed ? Anthropic.script(script, "\"stream\":true") : Anthropic.script(script));
        }
    }

    private static void price(Stack stack) {
        stack.database()
                .update("INSERT INTO prices (model, uncached, cached, output) SELECT id, " + PROMPT + ", " + PROMPT
                        + ", " + OUTPUT + " FROM models WHERE name = '" + EchoStacks.MODEL + "'");
        Client client = stack.client();
        String hello = Client.chat(EchoStacks.MODEL, "Hello!", false);
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> client.post(hello).statusCode() == 200 && lastCharge(stack) > 0,
                () -> "the gateway does not know the price");
    }

    private static long lastCharge(Stack stack) {
        return number(
                stack.database()
                        .rows("SELECT charge_nano FROM outcomes ORDER BY intent DESC LIMIT 1")
                        .getFirst(),
                "charge_nano");
    }

    /** Sends a request, waits until the node has generated so many tokens of it, and closes the connection. */
    private static String vanish(Stack stack, String key, Call call, int tokens) throws IOException {
        try (RawHttp http = RawHttp.connect(stack.gateway())) {
            http.send("POST " + call.path + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + key
                    + "\r\ncontent-length: " + call.body.length() + "\r\n\r\n" + call.body);
            String digest = sha256(call.body);
            Eventually.holds(
                    Duration.ofSeconds(20), () -> !intents(stack, digest).isEmpty(), () -> "no intent of " + call.path);
            String intent = intents(stack, digest).getFirst().getOrDefault("id", "");
            NodeRecords records = new NodeRecords(stack, WORKER);
            Eventually.holds(
                    Duration.ofSeconds(20),
                    () -> records.of(intent)
                                    .path(0)
                                    .at("/usage/completion_tokens")
                                    .asInt(0)
                            >= tokens,
                    () -> "the node has no " + tokens + " tokens of " + intent);
            return intent;
        }
    }

    private static List<Map<String, String>> intents(Stack stack, String digest) {
        return stack.database().rows("SELECT id FROM intents WHERE body_sha256 = decode(?, 'hex')", digest);
    }

    private static void assertBilled(Stack stack, String request) {
        assertThat(new Outcomes(stack).of(request))
                .containsEntry("kind", "left")
                .containsEntry("exact", "t");
        JsonNode usage = new NodeRecords(stack, WORKER).of(request).path(0).path("usage");
        List<Map<String, String>> lines =
                stack.database().rows("SELECT * FROM ledger WHERE request = ?::uuid", request);
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line).containsEntry("kind", "usage").containsEntry("due", "t");
            assertThat(number(line, "prompt_tokens"))
                    .isEqualTo(usage.path("prompt_tokens").asLong());
            assertThat(number(line, "completion_tokens"))
                    .isEqualTo(usage.path("completion_tokens").asLong())
                    .isLessThan(2000);
            assertThat(number(line, "charge_nano"))
                    .isEqualTo(PROMPT * number(line, "prompt_tokens") + OUTPUT * number(line, "completion_tokens"));
        });
    }

    private static void assertBooksAgree(Stack stack) throws Exception {
        Terminal.Ended ended =
                new Terminal(stack.data()).gatehouse("audit", "reconcile", "--since", "20m", "--until", "0", "--json");
        assertThat(ended.status()).as(ended.output()).isZero();
        JsonNode report = Client.JSON.readTree(ended.output());
        long recorded = 0;
        for (JsonNode hour : report.path("nodes")) {
            recorded += hour.at("/recorded/completion").asLong();
        }
        assertThat(recorded).isGreaterThan(CLIENTS);
        assertThat(report.path("budgets").path(0).path("charged").asLong()).isPositive();
    }

    private static long number(Map<String, String> row, String column) {
        return Long.parseLong(row.getOrDefault(column, ""));
    }

    private static String sha256(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
