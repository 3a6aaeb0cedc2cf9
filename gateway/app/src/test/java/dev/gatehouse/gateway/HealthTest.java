package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.edge.PublicPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** What the public port says of a gateway whose database comes and goes. */
@PooledWhenLong
@Timeout(120)
final class HealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void isLiveAllTheTimeAndReadyWhileTheDatabaseAnswers(@TempDir Path secrets) throws Exception {
        try (TestDatabase database = TestDatabase.onOwnServer();
                ConfigurableApplicationContext gateway = GatewayStart.on(database, secrets);
                HttpClient http = HttpClient.newHttpClient()) {
            String url = gateway.getBean(PublicPort.class).url();
            assertThat(status(http, url + "/health/ready")).isEqualTo(200);
            database.stop();
            await().atMost(PATIENCE).until(() -> status(http, url + "/health/ready") == 503);
            assertThat(status(http, url + "/health/live")).isEqualTo(200);
            database.start();
            await().atMost(PATIENCE).until(() -> status(http, url + "/health/ready") == 200);
        }
    }

    private static int status(HttpClient http, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
