package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.userdetails.UserDetailsService;

@Timeout(60)
final class ActuatorSecurityTest {

    private static ConfigurableApplicationContext servlets;
    private static HttpClient client;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    static class Servlets {
        @Bean
        AuthenticationManager nobody() {
            return new ProviderManager(new ApiKeyAuthenticationProvider(
                    new KeyLookup(
                            TestKeys.peppers(1),
                            new KeyMemory(System::nanoTime),
                            TestKeys.batches(new FakeKeyStore(), new KeyMemory(System::nanoTime))),
                    Clock.systemUTC()));
        }
    }

    @BeforeAll
    static void start(@TempDir Path secrets) {
        servlets = new SpringApplicationBuilder(Servlets.class, ActuatorSecurity.class)
                .logStartupInfo(false)
                .run("--gatehouse.secrets-directory=" + secrets, "--management.endpoints.web.exposure.include=*");
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        servlets.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/prometheus"})
    void showsHealthAndMetricsOnTheManagementPort(String path) throws IOException, InterruptedException {
        assertThat(get("local.management.port", path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/beans", "/", "/login", "/error"})
    void showsNothingElseThere(String path) throws IOException, InterruptedException {
        refused(get("local.management.port", path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/prometheus",
                "/actuator/env",
                "/",
                "/login",
                "/error",
                "/v1/models"
            })
    void showsNothingOnTheServletsOwnPort(String path) throws IOException, InterruptedException {
        refused(get("local.server.port", path));
    }

    @Test
    void hasNoUserWithAGeneratedPassword() {
        assertThat(servlets.getBeansOfType(UserDetailsService.class)).isEmpty();
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "www-authenticate", "location");
    }

    private static HttpResponse<String> get(String port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + servlets.getEnvironment().getProperty(port) + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
