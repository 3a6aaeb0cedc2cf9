package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdminClientTest {
    private final List<String> asked = new ArrayList<>();
    private HttpServer gateway;
    private AdminClient client;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/api/admin/v1/", this::answer);
        gateway.start();
        client = new AdminClient("http://127.0.0.1:" + gateway.getAddress().getPort(), "ann", "sécret");
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.stop(0);
    }

    @Test
    void signsInAndFollowsThePagesOfAList() {
        List<String> names = new ArrayList<>();
        client.list(
                "/pages",
                Map.of("name", "a b&c"),
                one -> names.add(one.path("name").asString()));
        assertThat(names).containsExactly("one", "two", "three");
        assertThat(asked)
                .containsExactly(
                        "GET /api/admin/v1/pages?name=a+b%26c&limit=200 Basic YW5uOnPDqWNyZXQ=",
                        "GET /api/admin/v1/pages?name=a+b%26c&limit=200&cursor=x%2Fy Basic YW5uOnPDqWNyZXQ=");
    }

    @Test
    void saysWhatAProblemSaysAndEndsWithItsExitCode() {
        fails(Exit.DENIED, "ask an owner (HTTP 403)", () -> client.get("/403"));
        fails(Exit.DENIED, "ask an owner (HTTP 401)", () -> client.get("/401"));
        fails(Exit.NOT_FOUND, "ask an owner (HTTP 404)", () -> client.delete("/404"));
        fails(Exit.USAGE, "ask an owner (HTTP 409)", () -> client.post("/409", Map.of()));
        fails(Exit.QUOTA, "ask an owner (HTTP 429)", () -> client.get("/429"));
        fails(Exit.FAULT, "is no gateway", () -> client.get("/text"));
        gateway.stop(0);
        fails(Exit.NOT_READY, "does not answer", () -> client.get("/403"));
    }

    private static void fails(Exit exit, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(exit));
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("authorization"));
        String last = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
        switch (last) {
            case "pages" -> send(exchange, 200, page(exchange.getRequestURI().getQuery()));
            case "text" -> send(exchange, 200, "hello");
            default -> send(exchange, Integer.parseInt(last), "{\"detail\":\"ask an owner\"}");
        }
    }

    private static String page(String query) {
        return query.contains("cursor=")
                ? "{\"items\":[{\"name\":\"three\"}],\"next\":null}"
                : "{\"items\":[{\"name\":\"one\"},{\"name\":\"two\"}],\"next\":\"x/y\"}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
