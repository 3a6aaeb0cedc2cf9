package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.worker.engine.EchoEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RegistrationTest {

    @TempDir
    Path directory;

    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer gateway;

    private record Report(String method, String path, String ticket, String body) {

        JsonNode json() {
            return TestGateway.JSON.readTree(body);
        }

        String state() {
            return json().path("state").stringValue();
        }
    }

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", this::take);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        reports.add(new Report(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("gh-ticket"),
                body));
        byte[] answer = "{\"every\":1}".getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
    }

    @Test
    void reportsEachStateAndComesAgain() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineSource slow = progress -> {
            goOn.await(20, TimeUnit.SECONDS);
            return new EchoEngine(3, 1);
        };
        try (TestNode node = TestNode.loading(directory, slow, url())) {
            TestNode.await("loading", () -> reported("loading"));
            goOn.countDown();
            TestNode.await("ready", () -> reported("ready"));
            int before = reports.size();
            TestNode.await("another report", () -> reports.size() > before);
        }
        assertThat(reports.getLast().state()).isEqualTo("draining");
    }

    @Test
    void sendsWhatTheProtocolSaysUnderItsKey() throws Exception {
        try (TestNode node = TestNode.loading(directory, progress -> new EchoEngine(3, 1), url())) {
            TestNode.await("ready", () -> reported("ready"));
            Report report = reports.stream()
                    .filter(candidate -> candidate.state().equals("ready"))
                    .findFirst()
                    .orElseThrow();

            assertThat(report.method()).isEqualTo("PUT");
            assertThat(report.path()).isEqualTo("/node/v1/nodes/worker-1");
            JsonNode json = report.json();
            assertThat(json.path("url").stringValue()).isEqualTo(node.url.toString());
            assertThat(json.path("slots").intValue()).isEqualTo(3);
            assertThat(json.path("models").path(0).path("id").stringValue()).isEqualTo("echo");
            assertThat(json.propertyNames())
                    .containsExactly("url", "version", "build", "models", "slots", "kvTokens", "state", "load");
            requireSigned(report);
        }
    }

    private static void requireSigned(Report report) {
        String[] parts = report.ticket().split("\\.");
        byte[] claims = Base64.getUrlDecoder().decode(parts[0]);
        assertThat(Base64.getUrlDecoder().decode(parts[1])).isEqualTo(TestGateway.hmac(TestGateway.KEY, claims));
        JsonNode json = TestGateway.JSON.readTree(claims);
        assertThat(json.path("verb").stringValue()).isEqualTo("register");
        assertThat(json.path("node").stringValue()).isEqualTo("worker-1");
        assertThat(json.path("sha256").stringValue()).isEqualTo(TestGateway.sha256(report.body()));
    }

    @Test
    void goesOnWhenAGatewayRefusesOrIsNotThere() throws Exception {
        status = 500;
        URI nobody = URI.create("http://127.0.0.1:1");
        try (TestNode node = TestNode.loading(directory, progress -> new EchoEngine(1, 1), nobody, url())) {
            TestNode.await("a second try", () -> reports.size() >= 2);
            status = 200;
            int before = reports.size();
            TestNode.await("success", () -> reports.size() > before + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT0.25S", "PT5S, PT0.25S", "PT8S, PT0.4S", "PT1M, PT3S", "PT100S, PT5S", "PT24H, PT5S"})
    void looksForAGatewayOftenAtFirstAndThenAsOftenAsItReports(Duration outage, Duration pause) {
        assertThat(Registration.retryAfter(outage)).isEqualTo(pause);
    }

    private boolean reported(String state) {
        return reports.stream().anyMatch(report -> report.state().equals(state));
    }
}
