package dev.gatehouse.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.Pooled;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.Time;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.Instance;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

@Pooled
@Timeout(60)
final class PostgresOrphansTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int WINDOW = 3;

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static Rows rows;

    @TempDir
    private static Path secrets;

    private final Time time = new Time(Instant.parse("2026-01-01T00:00:00Z"));

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

    @AfterEach
    void forgetTheDead() {
        rows.ask("UPDATE gateways SET closed_at = now() RETURNING name");
    }

    @Test
    void areNotIntentsOfAGatewayThatLives() {
        PostgresOrphans orphans = orphans();
        try (ConfigurableApplicationContext other = other("living")) {
            intend(other);
            intend(gateway);
            orphans.find();
            time.pass(GRACE.multipliedBy(2));
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
        time.pass(GRACE.minusMillis(1));
        assertThat(orphans.find()).isEmpty();
        time.pass(Duration.ofMillis(1));
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

    @Test
    void areFoundInEveryWindowLapAfterLap() {
        PostgresOrphans orphans = orphans();
        List<IntentId> open = new ArrayList<>();
        try (ConfigurableApplicationContext other = other("wide")) {
            for (int i = 0; i < 4 * WINDOW; i++) {
                IntentId intent = intend(other);
                if (i % 3 == 0) {
                    open.add(intent);
                } else {
                    conclude(other, intent);
                }
            }
        }
        die("wide", orphans);
        Set<IntentId> all = Set.copyOf(open);
        assertThat(intents(orphans.find())).containsExactlyInAnyOrderElementsOf(all);
        assertThat(intents(orphans.find())).containsExactlyInAnyOrderElementsOf(all);
        IntentId closed = open.removeFirst();
        conclude(gateway, closed, Outcome.Kind.UNKNOWN);
        assertThat(intents(orphans.find())).containsExactlyInAnyOrderElementsOf(open);
        assertThat(isClosed("wide")).isFalse();
    }

    @Test
    void areNotSoughtAgainWhereAllHaveOutcomes() {
        PostgresOrphans orphans = orphans();
        IntentId open;
        try (ConfigurableApplicationContext other = other("long")) {
            for (int i = 0; i < WINDOW; i++) {
                conclude(other, intend(other));
            }
            open = intend(other);
        }
        die("long", orphans);
        assertThat(intents(orphans.find())).containsExactly(open);
        insertEarlierThan(open);
        assertThat(intents(orphans.find())).containsExactly(open);
    }

    @Test
    void ofAPredecessorAreSoughtAgainOnceNoneCanBeOnItsWayToTheDisk() {
        PostgresOrphans orphans = orphans();
        IntentId open;
        try (ConfigurableApplicationContext predecessor = other("survivor")) {
            for (int i = 0; i < WINDOW; i++) {
                conclude(predecessor, intend(predecessor));
            }
            open = intend(predecessor);
        }
        await().atMost(PATIENCE).until(() -> intents(orphans.find()).equals(List.of(open)));
        IntentId late = insertEarlierThan(open);
        time.pass(GRACE);
        assertThat(intents(orphans.find())).containsExactly(late, open);
    }

    private PostgresOrphans orphans() {
        return new PostgresOrphans(
                gateway.getBean(CoreDatabase.class),
                gateway.getBean(Instance.class),
                gateway.getBean(NodeSignatures.class),
                time,
                GRACE,
                WINDOW);
    }

    /** Its lock is gone, and {@code orphans} has seen so for the grace. */
    private void die(String name, PostgresOrphans orphans) {
        awaitDeath(name);
        assertThat(orphans.find()).isEmpty();
        time.pass(GRACE);
    }

    private static List<IntentId> intents(List<Orphan> orphans) {
        return orphans.stream().map(orphan -> orphan.ticket().intent()).toList();
    }

    private static void conclude(ConfigurableApplicationContext where, IntentId intent) {
        conclude(where, intent, Outcome.Kind.COMPLETED);
    }

    private static void conclude(ConfigurableApplicationContext where, IntentId intent, Outcome.Kind kind) {
        assertThat(where.getBean(Audit.class).conclude(Samples.outcome(intent, kind, ""), PATIENCE))
                .isTrue();
    }

    /** An intent of the same gateway whose row comes late. */
    private static IntentId insertEarlierThan(IntentId intent) {
        return IntentId.parse(rows.ask("""
                        INSERT INTO intents
                        SELECT uuidv7(interval '-1 hour'), tenant, project, key, dialect, model, max_input, max_output, choices,
                               address, body_sha256, gateway, start_id
                        FROM intents WHERE id = ? RETURNING id""", intent.value()).getFirst());
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
