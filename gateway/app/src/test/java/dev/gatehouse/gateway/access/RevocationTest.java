package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.DatabaseStart;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @Test
    void aGrantThatIsTakenBackIsHeardToo() {
        Tenant tenant = tenant();
        ProjectId project = project(tenant);
        Actor developer = developer(tenant);
        granted(developer, project, "small");
        UUID large = granted(developer, project, "large");
        Keys.Issued both = made(developer, project, "small", "large");
        Keys.Issued one = made(developer, project, "large");
        knownToAll(both.secret());
        knownToAll(one.secret());
        gateways.getFirst().getBean(AccessGrants.class).revoke(OWNER, large);
        await().atMost(Duration.ofSeconds(10)).until(() -> remembered(both.secret()) + remembered(one.secret()) == 0);
        gateways.forEach(gateway -> {
            assertThat(identify(gateway, both.secret()))
                    .isInstanceOfSatisfying(
                            Identity.Known.class,
                            known -> assertThat(known.caller().permits().models())
                                    .contains(Set.of(new ModelName("small"))));
            assertThat(identify(gateway, one.secret()))
                    .isInstanceOfSatisfying(
                            Identity.Unknown.class,
                            refused -> assertThat(refused.why().code()).isEqualTo(Code.KEY_REVOKED));
        });
    }

    private static Actor developer(Tenant tenant) {
        UserStore users = gateways.getFirst().getBean(UserStore.class);
        String name = "dev-" + UUID.randomUUID();
        users.put(name, Role.DEVELOPER, Optional.of(tenant.id()), "{noop}x");
        return users.find(name).orElseThrow().at("192.0.2.7");
    }

    private static UUID granted(Actor developer, ProjectId project, String model) {
        AccessRequests requests = gateways.getFirst().getBean(AccessRequests.class);
        AccessRequest asked = requests.ask(developer, project, Optional.of(new ModelName(model)), "tests");
        requests.approve(OWNER, asked.id(), Optional.empty());
        AccessGrants.Filter hers = new AccessGrants.Filter(Optional.empty(), Optional.empty(), developer.user());
        return gateways
                .getFirst()
                .getBean(AccessGrants.class)
                .list(OWNER, hers, new Paging(Optional.empty(), 100))
                .items()
                .stream()
                .filter(grant -> grant.model().equals(Optional.of(new ModelName(model))))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Keys.Issued made(Actor developer, ProjectId project, String... models) {
        Set<ModelName> some = Stream.of(models).map(ModelName::new).collect(Collectors.toSet());
        KeyScope scope = new KeyScope(Optional.of(some), Optional.empty(), Optional.empty());
        return keys().create(developer, project, new Key.Properties("key", Optional.empty(), scope));
    }

    private static ConfigurableApplicationContext start(Path secrets, String name) {
        return DatabaseStart.with(Room.class, database, secrets, "--gatehouse.instance.name=" + name);
    }

    private static Keys keys() {
        return gateways.getFirst().getBean(Keys.class);
    }

    private static Keys.Issued issued() {
        Key.Properties everything = new Key.Properties("key", Optional.empty(), KeyScope.EVERYTHING);
        return keys().create(OWNER, project(tenant()), everything);
    }

    private static Tenant tenant() {
        return gateways.getFirst().getBean(Tenants.class).create(OWNER, "tenant " + UUID.randomUUID());
    }

    private static ProjectId project(Tenant tenant) {
        return gateways.getFirst()
                .getBean(Projects.class)
                .create(OWNER, tenant.id(), "p")
                .id();
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
