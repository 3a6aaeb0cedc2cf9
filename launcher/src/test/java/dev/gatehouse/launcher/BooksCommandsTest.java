package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class BooksCommandsTest {

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer gateway;
    private volatile String answer = "{}";
    private volatile String stream = "";

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("password"), "secret");
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", this::answer);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @Test
    void reconcileEndsWellOnlyWhenEverySumAgreesAndEveryNodeAnswered() {
        answer = "{\"differences\":0,\"complete\":true}";
        assertThat(run("audit", "reconcile", "--json")).isZero();
        assertThat(asked.getFirst()).endsWith("POST /api/admin/v1/reconciliations {}");
        answer = "{\"differences\":0,\"complete\":false}";
        assertThat(run("audit", "reconcile")).isEqualTo(6);
        answer = "{\"differences\":2,\"complete\":true}";
        assertThat(run("audit", "reconcile", "--since", "1h", "--until", "0")).isEqualTo(7);
        assertThat(asked.getLast()).contains("\"from\":", "\"until\":");
    }

    @Test
    void requestsAsksForWhatIsWantedAndForNoMore() {
        answer = "{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"next\":\"c\"}";
        assertThat(run("requests", "--model", "tiny-moe", "--kind", "left", "--limit", "3"))
                .isZero();
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst()).contains("model=tiny-moe", "kind=left", "limit=3", "from=");
        assertThat(asked.getLast()).contains("limit=1", "cursor=c");
    }

    @Test
    void tailShowsEachRequestOnceInTheOrderOfArrival() {
        try (AdminClient client = new AdminClient(url(), "ann", "secret")) {
            RequestTail tail = new RequestTail(client, new HashMap<>());
            answer = "{\"items\":[{\"id\":\"a\"}],\"next\":null}";
            assertThat(ids(tail.next())).containsExactly("a");
            answer = "{\"items\":[{\"id\":\"c\"},{\"id\":\"a\"},{\"id\":\"late\"}],\"next\":null}";
            assertThat(ids(tail.next())).containsExactly("late", "c");
            assertThat(ids(tail.next())).isEmpty();
        }
    }

    @Test
    void tailListensAndShowsWhatEndedWhileNobodyTold() {
        try (AdminClient client = new AdminClient(url(), "ann", "secret")) {
            RequestTail tail = new RequestTail(client, new HashMap<>(Map.of("kind", "left")));
            List<String> shown = new ArrayList<>();
            answer = "{\"items\":[{\"id\":\"old\"}],\"next\":null}";
            stream =
                    "event:ping\ndata:{}\n\nevent:request\ndata:{\"id\":\"a\"}\n\nevent:request\ndata:{\"id\":\"a\"}\n\n";
            tail.listen(request -> shown.add(request.path("id").asString()));
            assertThat(shown).containsExactly("a");
            assertThat(asked.getFirst()).contains("/requests/live?kind=left");

            answer = "{\"items\":[{\"id\":\"b\"},{\"id\":\"a\"},{\"id\":\"old\"}],\"next\":null}";
            stream = "event:request\ndata:{\"id\":\"b\"}\n\nevent:request\ndata:{\"id\":\"c\"}\n\n";
            tail.listen(request -> shown.add(request.path("id").asString()));
            assertThat(shown).containsExactly("a", "b", "c");

            answer = "{\"items\":[{\"id\":\"d\"},{\"id\":\"c\"}],\"next\":null}";
            stream = "event:dropped\ndata:{\"count\":1}\n\n";
            tail.listen(request -> shown.add(request.path("id").asString()));
            assertThat(shown).containsExactly("a", "b", "c", "d");
        }
    }

    private static List<String> ids(List<JsonNode> requests) {
        return requests.stream().map(request -> request.path("id").asString()).toList();
    }

    private int run(String... verb) {
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.addAll(List.of(
                "--url", url(), "--password-file", folder.resolve("password").toString()));
        return Launcher.run(arguments.toArray(String[]::new));
    }

    private String url() {
        return "http://127.0.0.1:" + gateway.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        boolean live = exchange.getRequestURI().getPath().endsWith("/live");
        byte[] bytes = (live ? stream : answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
