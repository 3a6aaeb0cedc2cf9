package dev.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTests {

    private static final int MEBIBYTE = 1 << 20;

    private final RelayPass pass = new RelayPass();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Servlets servlets;
    private TestEdge edge;

    @BeforeEach
    void start() throws IOException {
        servlets = new Servlets();
        edge = TestEdge.relaying(servlets.port(), pass);
    }

    @AfterEach
    void stop() {
        edge.close();
        servlets.close();
        http.shutdownNow();
    }

    @Test
    void relaysMethodPathQueryBodyStatusAndHeaders() throws Exception {
        HttpResponse<String> answer = http.send(
                to("/api/count/a%2Fb%20c?x=%26&y=1")
                        .header("content-type", "application/json")
                        .method("PATCH", BodyPublishers.ofString("hello"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("5");
        assertThat(answer.headers().firstValue("x-answered")).contains("yes");
        assertThat(answer.headers().map()).doesNotContainKeys("x-hop", "keep-alive");
        Servlets.Arrived arrived = arrived();
        assertThat(arrived.line()).isEqualTo("PATCH /api/count/a%2Fb%20c?x=%26&y=1");
        assertThat(arrived.headers().getFirst("content-type")).isEqualTo("application/json");
    }

    @Test
    void saysWhoTheClientIsAndBelievesNoClaim() throws Exception {
        try (RawClient client = RawClient.to(edge.url())) {
            client.send("""
                    GET /api/count HTTP/1.1\r
                    host: gateway.example:8443\r
                    x-forwarded-for: 192.0.2.1\r
                    x-forwarded-host: evil.example\r
                    x-forwarded-prefix: /evil\r
                    forwarded: for=192.0.2.1\r
                    x-real-ip: 192.0.2.1\r
                    gatehouse-relay: a guess\r
                    te: trailers\r
                    connection: close, x-secret-hop\r
                    x-secret-hop: 1\r
                    x-kept: 1\r
                    \r
                    """);
            client.readTo("\r\n\r\n");
        }
        Map<String, List<String>> headers = arrived().headers();
        assertThat(headers.get("X-forwarded-for")).containsExactly("127.0.0.1");
        assertThat(headers.get("X-forwarded-host")).containsExactly("gateway.example:8443");
        assertThat(headers.get("X-forwarded-proto")).containsExactly("http");
        assertThat(headers.get("Forwarded")).containsExactly("for=127.0.0.1;proto=http;host=\"gateway.example:8443\"");
        assertThat(headers.get("Gatehouse-relay"))
                .singleElement()
                .satisfies(given -> assertThat(pass.isGood(given)).isTrue());
        assertThat(headers)
                .containsKey("X-kept")
                .doesNotContainKeys("X-real-ip", "X-forwarded-prefix", "X-secret-hop", "Te");
    }

    @Test
    void streamsBothWaysAtOnce() throws Exception {
        try (RawClient client = RawClient.to(edge.url())) {
            client.send("POST /api/echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n");
            assertThat(client.readTo("first")).startsWith("HTTP/1.1 200 ");
            client.send("6\r\nsecond\r\n0\r\n\r\n");
            assertThat(client.readTo("second")).endsWith("second");
        }
    }

    @Test
    void relaysABigBodyBothWays() throws Exception {
        byte[] big = new byte[15 * MEBIBYTE];
        for (int i = 0; i < big.length; i++) {
            big[i] = (byte) (i * 31 >> 3);
        }
        HttpResponse<byte[]> answer =
                http.send(to("/api/echo").POST(BodyPublishers.ofByteArray(big)).build(), BodyHandlers.ofByteArray());
        assertThat(answer.body()).isEqualTo(big);
    }

    @Test
    void refusesABodyThatAnnouncesTooMuch() throws Exception {
        try (RawClient client = RawClient.to(edge.url())) {
            client.send("POST /api/count HTTP/1.1\r\nhost: x\r\ncontent-length: " + 17 * MEBIBYTE + "\r\n\r\n");
            assertThat(client.readTo("request_too_large"))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("application/problem+json")
                    .endsWith("request_too_large");
        }
    }

    /** Of a client that still sends, the connection is reset, which may overtake the body of the answer. */
    @Test
    void refusesABodyThatTurnsOutToBeTooMuch() throws Exception {
        try (RawClient client = RawClient.to(edge.url())) {
            client.send("POST /api/count HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
            sendJustTooMuch(client);
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
        }
    }

    @Test
    void endsTheCallOfAClientThatLeaves() throws Exception {
        RawClient client = RawClient.to(edge.url());
        client.send("GET /api/endless HTTP/1.1\r\nhost: x\r\n\r\n").readTo("data: 1");
        client.close();
        assertThat(servlets.broken.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void holdsNotMoreThanASlowClientTakes() throws Exception {
        try (RawClient client = RawClient.slowTo(edge.url())) {
            client.send("GET /api/endless HTTP/1.1\r\nhost: x\r\n\r\n").readTo("data: 1");
            long before = used();
            client.skip(MEBIBYTE);
            assertThat(used() - before).isLessThan(64L * MEBIBYTE);
        }
    }

    @Test
    void saysThatTheServletsAreGone() throws Exception {
        servlets.close();
        HttpResponse<String> answer = http.send(to("/api/count").GET().build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void relaysTheConsoleToReadersAlone() throws Exception {
        for (String path : List.of("/console", "/console/", "/console/keys/1")) {
            http.send(to(path).GET().build(), BodyHandlers.ofString());
            assertThat(arrived().line()).isEqualTo("GET " + path);
            assertThat(http.send(to(path).POST(BodyPublishers.ofString("x")).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(405);
        }
        assertThat(servlets.arrived).isEmpty();
    }

    @Test
    void relaysNothingOutsideOfItsPaths() throws Exception {
        for (String path : List.of(
                "/apis",
                "/consoles",
                "/index.html",
                "/actuator",
                "/v1/../api/count",
                "/api/../actuator/env",
                "/api/%2e%2e/x")) {
            try (RawClient client = RawClient.to(edge.url())) {
                assertThat(client.send("GET " + path + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
                                .readTo("\r\n"))
                        .as(path)
                        .containsPattern(" 40[04] ");
            }
        }
        assertThat(servlets.arrived).isEmpty();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(edge.url() + path));
    }

    private Servlets.Arrived arrived() throws InterruptedException {
        return Objects.requireNonNull(servlets.arrived.poll(10, TimeUnit.SECONDS));
    }

    private static void sendJustTooMuch(RawClient client) throws IOException {
        String chunk = "10000\r\n" + "x".repeat(1 << 16) + "\r\n";
        for (int sent = 0; sent <= 16 * MEBIBYTE; sent += 1 << 16) {
            client.send(chunk);
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
