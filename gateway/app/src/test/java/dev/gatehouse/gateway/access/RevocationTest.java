package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.DatabaseStart;
import dev.gatehouse.gateway.vocabulary.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Two gateways on one database; what is remembered of keys never fades here, so only notices can make them forget. */
@PooledWhenLong
@Timeout(60)
final class RevocationTest {

    private static final Actor OWNER = new Actor("root", Role.OWNER, Optional.empty(), "");

    @Configuration(proxyBeanMethods = false)
    @Import(AccessConfiguration.class)
    static class Room {
        @Bean
        Ticker timeStandsStill() {
            return () -> 0;
        }
    }

    private static TestDatabase database;
    private static List<ConfigurableApplicationContext> gateways;

    @BeforeAll
    static void start(@TempDir Path secrets) throws IOException {
        database = TestDatabase.create();
        database.writeSecrets(secrets);
        Files.writeString(secrets.resolve("pepper.1"), TestKeys.pepper(1));
        gateways = List.of(start(secrets, "gateway-1"), start(secrets, "gateway-2"));
    }

    @AfterAll
    static void stop() {
        gateways.forEach(ConfigurableApplicationContext::close);
        database.close();
    }

    @Test
    void isHeardByEveryGateway() {
        Keys.Issued issued = issued();
        knownToAll(issued.secret());
        keys().revoke(OWNER, issued.key().id());
        await().atMost(Duration.ofSeconds(10)).until(() -> remembered(issued.secret()) == 0);
        gateways.forEach(gateway -> assertThat(identify(gateway, issued.secret()))
                .isInstanceOfSatisfying(
                        Identity.Unknown.class,
                        refused -> assertThat(refused.why().code()).isEqualTo(Code.KEY_REVOKED)));
    }

    @Test
    void aChangeOfScopesIsHeardToo() {
        Keys.Issued issued = issued();
        knownToAll(issued.secret());
        KeyScope elsewhere =
                new KeyScope(Optional.empty(), Optional.empty(), Optional.of(List.of(Network.parse("192.0.2.0/24"))));
        keys().change(OWNER, issued.key().id(), new Key.Properties("far", Optional.empty(), elsewhere));
        await().atMost(Duration.ofSeconds(10)).until(() -> remembered(issued.secret()) == 0);
    }

    @Test
    void theEndOfAnOldSecretIsHeardToo() {
        Keys.Issued issued = issued();
        knownToAll(issued.secret());
        keys().rotate(OWNER, issued.key().id(), Duration.ZERO);
        await().atMost(Duration.ofSeconds(10)).until(() -> remembered(issued.secret()) == 0);
    }

    private static ConfigurableApplicationContext start(Path secrets, String name) {
        return DatabaseStart.with(Room.class, database, secrets, "--gatehouse.instance.name=" + name);
    }

    private static Keys keys() {
        return gateways.getFirst().getBean(Keys.class);
    }

    private static Keys.Issued issued() {
        Tenant tenant = gateways.getFirst().getBean(Tenants.class).create(OWNER, "tenant " + UUID.randomUUID());
        Project project = gateways.getFirst().getBean(Projects.class).create(OWNER, tenant.id(), "p");
        return keys().create(OWNER, project.id(), new Key.Properties("key", Optional.empty(), KeyScope.EVERYTHING));
    }

    /** Makes every gateway remember a key, as if it would for ever. */
    private static void knownToAll(ApiKey key) {
        gateways.forEach(gateway -> assertThat(identify(gateway, key)).isInstanceOf(Identity.Known.class));
    }

    private static long remembered(ApiKey key) {
        KeyDigest digest = TestKeys.peppers(1).signing().digest(key);
        return gateways.stream()
                .filter(gateway ->
                        gateway.getBean(KeyMemory.class).recall(digest).isPresent())
                .count();
    }

    private static Identity identify(ConfigurableApplicationContext gateway, ApiKey key) {
        return gateway.getBean(Access.class).identify(TestKeys.header(key), TestKeys.VISIT);
    }
}
