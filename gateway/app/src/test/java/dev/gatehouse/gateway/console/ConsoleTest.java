package dev.gatehouse.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.edge.PublicPort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A console of the tests' own, through the public port of a whole gateway. */
@Timeout(120)
final class ConsoleTest {

    private static final String TITLE = "A console of the tests";
    private static final String SCRIPT = "/console/assets/app-1a2b3c4d.js";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static String url;

    @BeforeAll
    static void start(@TempDir Path secrets) {
        database = TestDatabase.create();
        gateway = GatewayStart.on(database, secrets);
        url = gateway.getBean(PublicPort.class).url();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console"})
    void leadsToTheConsole(String path) {
        HttpResponse<byte[]> answer = send("GET", path);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(header(answer, "location")).isEqualTo("/console/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/",
                "/console/index.html",
                "/console/requests",
                "/console/keys/0198c0de/",
                "/console/requests?kind=cut&name=a.b"
            })
    void answersEveryPageWithTheOneDocument(String path) {
        HttpResponse<byte[]> answer = send("GET", path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).contains(TITLE);
        assertThat(header(answer, "content-type")).startsWith("text/html");
        assertThat(header(answer, "cache-control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/assets/app-of-before.js",
                "/console/assets/page",
                "/console/missing.png",
                "/console/..%2findex.html",
                "/console/assets/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fapplication.yaml"
            })
    void aFileThatIsMissingIsNoPage(String path) {
        HttpResponse<byte[]> answer = send("GET", path);
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(text(answer)).doesNotContain(TITLE, "spring");
    }

    @Test
    void browsersKeepAssetsForEver() {
        HttpResponse<byte[]> answer = send("GET", SCRIPT);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "cache-control")).isEqualTo("max-age=31536000, immutable");
        assertThat(header(answer, "content-type")).startsWith("text/javascript");
        assertThat(header(send("GET", "/console/icon.svg"), "cache-control")).isEqualTo("no-cache");
    }

    @Test
    void asksForAnUnchangedDocumentCostNothing() {
        HttpResponse<byte[]> first = send("GET", "/console/");
        HttpResponse<byte[]> second = send("GET", "/console/", "if-modified-since", header(first, "last-modified"));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void sendsWhatIsCompressedAlreadyToThoseWhoTakeIt() throws IOException {
        HttpResponse<byte[]> plain = send("GET", SCRIPT);
        HttpResponse<byte[]> compressed = send("GET", SCRIPT, "accept-encoding", "gzip, br");
        assertThat(header(compressed, "content-encoding")).isEqualTo("gzip");
        assertThat(header(compressed, "vary")).containsIgnoringCase("accept-encoding");
        assertThat(header(compressed, "cache-control")).isEqualTo("max-age=31536000, immutable");
        assertThat(compressed.body().length).isLessThan(plain.body().length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(plain.headers().map()).doesNotContainKey("content-encoding");
        assertThat(send("GET", "/console/assets/plain-1a2b3c4d.txt", "accept-encoding", "gzip")
                        .headers()
                        .map())
                .doesNotContainKey("content-encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/", "/console/requests", SCRIPT, "/console/missing.png"})
    void holdsPagesToThisHost(String path) {
        HttpResponse<byte[]> answer = send("GET", path);
        Map.of(
                        "content-security-policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:;"
                                + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                                + " require-trusted-types-for 'script'",
                        "x-content-type-options",
                        "nosniff",
                        "referrer-policy",
                        "no-referrer",
                        "permissions-policy",
                        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
                        "cross-origin-opener-policy",
                        "same-origin",
                        "cross-origin-resource-policy",
                        "same-origin",
                        "x-frame-options",
                        "DENY")
                .forEach((name, value) ->
                        assertThat(header(answer, name)).as(name).isEqualTo(value));
        assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "server", "gatehouse-relay");
    }

    @Test
    void isOnlyRead() {
        assertThat(send("HEAD", "/console/").statusCode()).isEqualTo(200);
        assertThat(send("HEAD", "/console/").body()).isEmpty();
        assertThat(send("POST", "/console/").statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "/").statusCode()).isEqualTo(405);
    }

    private static HttpResponse<byte[]> send(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
