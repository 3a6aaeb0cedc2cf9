package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;

@PooledWhenLong
@Timeout(60)
final class PostgresAccessTest {

    private static TestDatabase database;
    private static OpenDatabase pools;
    private static KeyStore store;
    private static PepperStore peppers;
    private static TenantId tenant;
    private static ProjectId project;

    private final List<KeyBatches> started = new ArrayList<>();

    @BeforeAll
    static void create(@TempDir Path secrets) {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        store = new PostgresKeyStore(pools.core(), pools.tenants());
        peppers = new PostgresPepperStore(pools.core());
        PepperCheck.run(TestKeys.peppers(1), peppers);
        tenant = store.tenant("acme");
        project = store.project(tenant, "search");
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    @AfterEach
    void stop() {
        started.forEach(KeyBatches::close);
    }

    @Test
    void knowsTheCallerOfAKeyThatItIssued() {
        TestKeys.Issued issued = issue(Optional.empty());
        assertThat(identify(issued.key())).isEqualTo(new Identity.Known(new Caller(tenant, project, issued.id())));
    }

    @Test
    void refusesAKeyThatNobodyIssued() {
        assertThat(code(TestKeys.random())).isEqualTo(Code.KEY_INVALID);
    }

    @Test
    void refusesRevokedAndExpiredKeys() throws SQLException {
        TestKeys.Issued revoked = issue(Optional.empty());
        change("UPDATE keys SET revoked_at = now() WHERE id = '" + revoked.id().value() + "'");
        assertThat(code(revoked.key())).isEqualTo(Code.KEY_REVOKED);
        assertThat(code(issue(Optional.of(Instant.now().minusSeconds(1))).key()))
                .isEqualTo(Code.KEY_EXPIRED);
        assertThat(identify(issue(Optional.of(Instant.now().plusSeconds(600))).key()))
                .isInstanceOf(Identity.Known.class);
    }

    @Test
    void findsManyKeysInOneRoundTrip() {
        List<TestKeys.Issued> some =
                Stream.generate(() -> issue(Optional.empty())).limit(5).toList();
        List<KeyDigest> digests = Stream.concat(
                        some.stream().map(TestKeys.Issued::key),
                        Stream.generate(TestKeys::random).limit(200))
                .map(key -> TestKeys.peppers(1).signing().digest(key))
                .toList();
        assertThat(store.find(digests).values())
                .map(row -> row.caller().key())
                .containsExactlyInAnyOrderElementsOf(
                        some.stream().map(TestKeys.Issued::id).toList());
    }

    @Test
    void keepsKeysGoodWhenANewPepperSigns() {
        PepperCheck.run(TestKeys.peppers(1, 7), peppers);
        TestKeys.Issued old = issue(Optional.empty());
        TestKeys.Issued young = issue(TestKeys.peppers(1, 7), tenant, project, "young", Optional.empty());
        assertThat(List.of(old, young))
                .allMatch(issued ->
                        access(1, 7).identify(TestKeys.header(issued.key()), TestKeys.VISIT) instanceof Identity.Known);
        assertThat(access(1).identify(TestKeys.header(young.key()), TestKeys.VISIT))
                .isInstanceOf(Identity.Unknown.class);

        assertThatThrownBy(() -> PepperCheck.run(TestKeys.peppers(7), peppers))
                .hasMessageContaining("pepper.1")
                .hasMessageContaining("missing");
    }

    @Test
    void refusesAPepperThatIsNotTheOneThatKeysWereMadeWith() {
        Peppers mixedUp = Peppers.of(Map.of(1, TestKeys.pepper(2), 99, TestKeys.pepper(99)));
        assertThatThrownBy(() -> PepperCheck.run(mixedUp, peppers))
                .hasMessageContaining("pepper.1")
                .hasMessageContaining("another");
        assertThat(peppers.fingerprints()).doesNotContainKey(99);
    }

    @Test
    void takesNoHeaderForSql() throws SQLException {
        long before = count("SELECT count(*) FROM keys");
        Access access = access(1);
        Stream.of(
                        "Bearer gh_live_' OR '1'='1",
                        "Bearer gh_live_\\'; DROP TABLE keys CASCADE; --",
                        "Bearer gh_live_%",
                        "Bearer gh_live_${jndi:ldap://x}",
                        "Bearer gh_live_000000000000000000000000000'||pg_sleep(9)",
                        "Bearer \u0000")
                .forEach(header -> assertThat(access.identify(Optional.of(header), TestKeys.VISIT))
                        .isInstanceOf(Identity.Unknown.class));
        assertThat(count("SELECT count(*) FROM keys")).isEqualTo(before);
    }

    @Test
    void takesNoNameForSql() throws SQLException {
        String name = "x'); DELETE FROM keys; --";
        issue(TestKeys.peppers(1), tenant, store.project(tenant, name), name, Optional.empty());
        assertThat(count("SELECT count(*) FROM keys WHERE name = $$" + name + "$$"))
                .isOne();
    }

    @Test
    void storesNoSecret() throws SQLException {
        TestKeys.Issued issued = issue(Optional.empty());
        String secret = issued.key().secret();
        String row = text("SELECT key_secrets::text FROM key_secrets WHERE key = '"
                + issued.id().value() + "'");
        assertThat(row)
                .contains(issued.key().prefix())
                .doesNotContain(secret.substring(issued.key().prefix().length()));
    }

    @Test
    void issuesNoKeyForAnotherTenantsProject() {
        TenantId other = store.tenant("other");
        assertThatThrownBy(() -> issue(TestKeys.peppers(1), other, project, "stolen", Optional.empty()))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void makesTheQuickstartKeyOnceHoweverManyGatewaysStart()
            throws InterruptedException, ExecutionException, SQLException {
        ApiKey key = TestKeys.random();
        Callable<Boolean> start = () -> {
            quickstart().ensure(key.secret() + "\n");
            return true;
        };
        try (ExecutorService gateways = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> one :
                    gateways.invokeAll(Stream.generate(() -> start).limit(8).toList())) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(count("SELECT count(*) FROM tenants WHERE name = 'default'")).isOne();
        assertThat(count("SELECT count(*) FROM projects WHERE name = 'default'"))
                .isOne();
        assertThat(count("SELECT count(*) FROM keys WHERE name = 'quickstart'")).isOne();
        assertThat(identify(key)).isInstanceOf(Identity.Known.class);

        change("UPDATE keys SET revoked_at = now() WHERE name = 'quickstart'");
        quickstart().ensure(key.secret());
        assertThat(code(key)).isEqualTo(Code.KEY_REVOKED);
        change("DELETE FROM keys WHERE name = 'quickstart'");
    }

    @Test
    void namesTheFileOfAQuickstartKeyThatIsNone() {
        assertThatThrownBy(() -> quickstart().ensure("gh_live_short")).hasMessageContaining("quickstart-key");
    }

    private static TestKeys.Issued issue(Optional<Instant> expires) {
        return issue(TestKeys.peppers(1), tenant, project, "a key", expires);
    }

    private static TestKeys.Issued issue(
            Peppers peppers, TenantId tenant, ProjectId project, String name, Optional<Instant> expires) {
        return TestKeys.issue(peppers, store, tenant, project, name, expires);
    }

    private static QuickstartKey quickstart() {
        return new QuickstartKey(TestKeys.peppers(1), store, new KeyIssuer(TestKeys.peppers(1)));
    }

    private Identity identify(ApiKey key) {
        return access(1).identify(TestKeys.header(key), TestKeys.VISIT);
    }

    private Code code(ApiKey key) {
        return switch (identify(key)) {
            case Identity.Known _ -> throw new AssertionError("the key is good");
            case Identity.Unknown unknown -> unknown.why().code();
        };
    }

    /** The room as a gateway with these peppers has it, with nothing remembered yet. */
    private Access access(int... versions) {
        KeyMemory memory = new KeyMemory(Ticker.systemTicker());
        KeyBatches batches = TestKeys.batches(store, memory);
        batches.start();
        started.add(batches);
        KeyLookup keys = new KeyLookup(TestKeys.peppers(versions), memory, batches);
        return new KeyAccess(new ApiKeyAuthenticationProvider(keys, Clock.systemUTC()), new SimpleMeterRegistry());
    }

    private static void change(String sql) throws SQLException {
        try (Connection all = database.superuser();
                Statement statement = all.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static long count(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private static String text(String sql) throws SQLException {
        try (Connection all = database.superuser();
                Statement statement = all.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
