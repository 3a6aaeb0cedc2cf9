package dev.gatehouse.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.Instance;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

@Timeout(60)
final class PostgresOrphansTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static Rows rows;

    @TempDir
    private static Path secrets;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        rows = new Rows(database);
        gateway = AuditStart.on(database, secrets, "--gatehouse.instance.name=survivor");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @Test
    void areNotIntentsOfAGatewayThatLives() {
        PostgresOrphans orphans = orphans();
        try (ConfigurableApplicationContext other = other("living")) {
            intend(other);
            intend(gateway);
            orphans.find();
            pass(GRACE.multipliedBy(2));
            assertThat(orphans.find()).isEmpty();
        }
    }

    @Test
    void areTheOpenIntentsOfAGatewayThatWasDeadForTheGrace() {
        PostgresOrphans orphans = orphans();
        IntentId open;
        try (ConfigurableApplicationContext other = other("dying")) {
            open = intend(other);
            IntentId concluded = intend(other);
            assertThat(other.getBean(Audit.class).conclude(Samples.completed(concluded), PATIENCE))
                    .isTrue();
        }
        awaitDeath("dying");
        assertThat(orphans.find()).isEmpty();
        pass(GRACE.minusMillis(1));
        assertThat(orphans.find()).isEmpty();
        pass(Duration.ofMillis(1));
        List<Orphan> found = orphans.find();
        assertThat(found).extracting(orphan -> orphan.ticket().intent()).containsExactly(open);
        assertThat(found.getFirst().caller()).isEqualTo(Samples.CALLER);
        assertThat(found.getFirst().model().value()).isEqualTo("tiny-moe");
        assertThat(isClosed("dying")).isFalse();

        assertThat(gateway.getBean(Audit.class).conclude(Samples.outcome(open, Outcome.Kind.RECOVERED, ""), PATIENCE))
                .isTrue();
        assertThat(orphans.find()).isEmpty();
        assertThat(isClosed("dying")).isTrue();
        assertThat(rows.outcomes(open)).containsExactly("recovered");
    }

    @Test
    void ofAPredecessorWithTheSameNameAreFoundAtOnce() {
        IntentId open;
        try (ConfigurableApplicationContext predecessor = other("survivor")) {
            open = intend(predecessor);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.getBean(Audit.class).orphans())
                        .extracting(orphan -> orphan.ticket().intent())
                        .containsExactly(open));
        gateway.getBean(Audit.class).conclude(Samples.outcome(open, Outcome.Kind.NOT_DISPATCHED, ""), PATIENCE);
    }

    private PostgresOrphans orphans() {
        return new PostgresOrphans(
                gateway.getBean(CoreDatabase.class),
                gateway.getBean(Instance.class),
                gateway.getBean(NodeSignatures.class),
                clock(),
                GRACE);
    }

    private Clock clock() {
        InstantSource source = now::get;
        return source.withZone(ZoneOffset.UTC);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private static ConfigurableApplicationContext other(String name) {
        return AuditStart.on(database, secrets, "--gatehouse.instance.name=" + name);
    }

    private static IntentId intend(ConfigurableApplicationContext where) {
        return where.getBean(Audit.class)
                .intend(Samples.intent())
                .await(PATIENCE)
                .intent();
    }

    private static void awaitDeath(String name) {
        await().atMost(PATIENCE).until(() -> rows.ask("""
                        SELECT 1 FROM gateways, pg_locks
                        WHERE name = ? AND locktype = 'advisory' AND classid::bigint << 32 | objid::bigint = start_id""", name).isEmpty());
    }

    private static boolean isClosed(String name) {
        return rows.ask("SELECT 1 FROM gateways WHERE name = ? AND closed_at IS NULL", name)
                .isEmpty();
    }
}
