package dev.gatehouse.gateway.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.GatewayStart;
import dev.gatehouse.gateway.edge.Certificates;
import dev.gatehouse.gateway.edge.PublicPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Signing in where the public port speaks TLS. */
@Timeout(120)
final class SecureSessionTest {

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static HttpClient http;
    private static String url;

    @BeforeAll
    static void start(@TempDir Path secrets, @TempDir Path files) throws Exception {
        Path certificate = files.resolve("port.crt");
        Path key = files.resolve("port.key");
        X509Certificate made = Certificates.write(certificate, key);
        database = TestDatabase.create();
        gateway = GatewayStart.on(
                database,
                secrets,
                "--gatehouse.edge.certificate=" + certificate,
                "--gatehouse.edge.private-key=" + key);
        http = HttpClient.newBuilder().sslContext(Certificates.trusting(made)).build();
        url = gateway.getBean(PublicPort.class).url();
    }

    @AfterAll
    static void stop() {
        http.close();
        gateway.close();
        database.close();
    }

    @Test
    void cookiesAreForThisHostAndForTlsAlone() throws Exception {
        HttpResponse<String> signedIn = send(
                "POST",
                "/session",
                "{\"name\":\"admin\",\"password\":\"%s\"}".formatted(GatewayStart.PASSWORD),
                "x-forwarded-proto",
                "http");
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(204);
        List<String> cookies = signedIn.headers().allValues("set-cookie");
        assertThat(cookies)
                .satisfiesExactlyInAnyOrder(
                        cookie -> assertThat(cookie)
                                .matches("__Host-gatehouse=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax"),
                        cookie -> assertThat(cookie).matches("XSRF-TOKEN=[0-9a-f-]{36}; Path=/; Secure; SameSite=Lax"));
        String session = value(cookies, "__Host-gatehouse");
        String token = value(cookies, "XSRF-TOKEN");
        assertThat(send("GET", "/session", "", "cookie", "__Host-gatehouse=" + session)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/session", "", "cookie", "gatehouse=" + session).statusCode())
                .as("a cookie that plain HTTP may have set")
                .isEqualTo(401);
        String both = "__Host-gatehouse=" + session + "; XSRF-TOKEN=" + token;
        assertThat(send("DELETE", "/session", "", "cookie", both).statusCode()).isEqualTo(403);
        HttpResponse<String> signedOut = send("DELETE", "/session", "", "cookie", both, "x-xsrf-token", token);
        assertThat(signedOut.statusCode()).isEqualTo(204);
        assertThat(signedOut.headers().allValues("set-cookie"))
                .anyMatch(cookie -> cookie.startsWith("__Host-gatehouse=;") && cookie.contains("Max-Age=0"));
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + Rule.ROOT + path))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .headers(headers.length == 0 ? new String[] {"accept", "*/*"} : headers);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String value(List<String> cookies, String name) {
        return cookies.stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }
}
