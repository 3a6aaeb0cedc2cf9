package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import dev.gatehouse.launcher.data.Quickstart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A key's whole life, by the command line, against the real processes. */
@Timeout(180)
@ExtendWith(EchoStacks.class)
class KeysIT {

    private static final String HELLO = Client.chat(EchoStacks.MODEL, "Hello!", false);

    @Test
    void aKeyIsMadeUsedRotatedAndRevoked(Stack stack) throws Exception {
        Terminal terminal = new Terminal(stack.data());
        JsonNode made = only(terminal.gatehouse("keys", "create", "laptop", "--json", "--expires", "1d"));
        String id = made.path("key").path("id").asString();
        Client first = new Client(stack.baseUrl(), made.path("secret").asString());
        assertThat(first.post(HELLO).statusCode()).isEqualTo(200);

        JsonNode rotated = only(terminal.gatehouse("keys", "rotate", id, "--grace", "1h", "--json"));
        Client second = new Client(stack.baseUrl(), rotated.path("secret").asString());
        assertThat(second.post(HELLO).statusCode()).isEqualTo(200);
        assertThat(first.post(HELLO).statusCode()).isEqualTo(200);
        assertThat(only(terminal.gatehouse("keys", "show", id, "--json")).path("secrets"))
                .hasSize(2);

        assertThat(only(terminal.gatehouse("keys", "revoke", id, "--json"))
                        .path("state")
                        .asString())
                .isEqualTo("revoked");
        Eventually.holds(
                Duration.ofSeconds(1),
                () -> first.get("/models").statusCode() == 401
                        && second.get("/models").statusCode() == 401,
                () -> "the key is still good");
        assertThat(terminal.gatehouse("keys", "rotate", id).status()).isEqualTo(2);
        assertThat(terminal.gatehouse("keys", "list", "--state", "revoked", "--json")
                        .output())
                .contains(id);
        assertThat(stack.database().rows("SELECT what FROM acts WHERE target = ?::uuid ORDER BY id", id))
                .extracting(row -> row.get("what"))
                .containsExactly("key.create", "key.rotate", "key.revoke");
    }

    @Test
    void aKeyIsHeldToItsScopes(Stack stack) throws Exception {
        Terminal terminal = new Terminal(stack.data());
        Client other = scoped(stack, terminal, "--model", "another");
        assertThat(other.post(HELLO).statusCode()).isEqualTo(403);
        assertThat(other.post(HELLO).body()).contains("model_not_permitted");
        assertThat(other.models()).doesNotContain("\"id\"");
        Client models = scoped(stack, terminal, "--endpoint", "models");
        assertThat(models.models()).contains("\"" + EchoStacks.MODEL + "\"");
        assertThat(models.post(HELLO).body()).contains("endpoint_not_permitted");
        assertThat(scoped(stack, terminal, "--address", "192.0.2.0/24").models())
                .contains("address_not_permitted");
    }

    @Test
    void exitCodesSayWhatWentWrong(Stack stack) throws Exception {
        Terminal terminal = new Terminal(stack.data());
        assertThat(terminal.gatehouse("keys", "show", "00000000-0000-0000-0000-000000000000")
                        .status())
                .isEqualTo(3);
        assertThat(terminal.gatehouse("keys", "create", "x", "--project", "nowhere")
                        .status())
                .isEqualTo(3);
        assertThat(terminal.gatehouse("keys", "create", "x", "--address", "10.0.0.1/8")
                        .status())
                .isEqualTo(2);
        assertThat(terminal.gatehouse("keys", "list", "--url", stack.gateway()).status())
                .isEqualTo(2);
    }

    @Test
    void theAdministrationTakesABigStreamedBodyAndSaysThatItIsTooMuch(Stack stack) throws Exception {
        byte[] name = "x".repeat(8 << 20).getBytes(StandardCharsets.US_ASCII);
        List<byte[]> body = List.of(
                "{\"name\":\"".getBytes(StandardCharsets.US_ASCII), name, "\"}".getBytes(StandardCharsets.US_ASCII));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(stack.gateway() + "/api/admin/v1/tenants"))
                            .header("authorization", credentials(stack))
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArrays(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("size must be between 0 and 200");
        }
    }

    private static Client scoped(Stack stack, Terminal terminal, String... scope) throws Exception {
        String[] command = new String[scope.length + 4];
        System.arraycopy(new String[] {"keys", "create", "scoped", "--json"}, 0, command, 0, 4);
        System.arraycopy(scope, 0, command, 4, scope.length);
        return new Client(
                stack.baseUrl(),
                only(terminal.gatehouse(command)).path("secret").asString());
    }

    private static JsonNode only(Terminal.Ended ended) {
        assertThat(ended.status()).as(ended.narration()).isZero();
        List<String> lines = ended.output().lines().toList();
        assertThat(lines).hasSize(1);
        return Client.JSON.readTree(lines.getFirst());
    }

    private static String credentials(Stack stack) {
        Quickstart quickstart = Quickstart.read(stack.data());
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((quickstart.adminUser() + ":" + quickstart.adminPassword())
                                .getBytes(StandardCharsets.UTF_8));
    }
}
