package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.backend.Records.Total;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.quota.SpendingsFixture;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@PooledWhenLong
@Timeout(60)
final class PostgresBooksTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final Instant NOON = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
    private static final Instant LATER = NOON.plus(Duration.ofMinutes(10));

    private static TestDatabase database;
    private static OpenDatabase pools;
    private static Books books;

    @BeforeAll
    static void open(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        books = new PostgresBooks(pools.core(), SpendingsFixture.on(pools));
        run("INSERT INTO tenants (id, name) VALUES ('%s', 'acme')".formatted(TENANT));
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    @Test
    void sumsTheLedgerByNodeWithItsCorrections() throws SQLException {
        IntentId request = at(NOON);
        line(request, 1, "usage", "worker-1", 5, 50);
        line(request, 1, "correction", "worker-1", -2, -20);
        line(request, 2, "usage", "worker-2", 7, 70);
        line(at(LATER), 1, "usage", "worker-1", 100, 1_000);

        assertThat(books.ledger(NOON, LATER))
                .containsOnly(
                        Map.entry(new NodeName("worker-1"), new Total(1, 0, 0, 3, 0)),
                        Map.entry(new NodeName("worker-2"), new Total(1, 0, 0, 7, 0)));
        assertThat(books.ledger(request)).hasSize(2);
    }

    @Test
    void knowsWhichRequestsAreStillOpen() throws SQLException {
        Instant then = NOON.minus(Duration.ofMinutes(20));
        IntentId open = at(then);
        IntentId ended = at(then.plusMillis(1));
        intent(open);
        intent(ended);
        outcome(ended, 0, 0);
        assertThat(books.arrived(then, then.plusMillis(2), 9))
                .containsExactly(new Books.Arrived(open, false), new Books.Arrived(ended, true));
        assertThat(books.arrived(then, then.plusMillis(2), 1)).hasSize(1);
    }

    @Test
    void findsOutcomesThatTheirLinesContradict() throws SQLException {
        Instant then = NOON.minus(Duration.ofMinutes(40));
        IntentId right = at(then);
        outcome(right, 12, 120);
        line(right, 1, "usage", "worker-1", 5, 50);
        line(right, 2, "usage", "worker-1", 7, 70);
        line(right, 2, "correction", "worker-1", 9, 90);
        IntentId without = at(then.plusMillis(1));
        outcome(without, 3, 30);
        IntentId alone = at(then.plusMillis(2));
        line(alone, 1, "usage", "worker-1", 4, 40);
        IntentId dearer = at(then.plusMillis(3));
        outcome(dearer, 5, 51);
        line(dearer, 1, "usage", "worker-1", 5, 50);

        assertThat(books.mismatches(then, then.plusMillis(9), 9))
                .extracting(Report.Mismatch::request)
                .containsExactly(without.value(), alone.value(), dearer.value());
        assertThat(books.mismatches(then, then.plusMillis(9), 9).getLast().outcomeCharge())
                .isEqualTo(51);
    }

    @Test
    void comparesBudgetsWithWhatTheLedgerCharged() throws SQLException {
        UUID limit = UUID.randomUUID();
        Instant today = NOON.truncatedTo(ChronoUnit.DAYS);
        run(
                "INSERT INTO limits (id, tenant, level, what, per, amount, created_at) VALUES ('%s', '%s', 'tenant', 'charge', 'day', 10, 'epoch')"
                        .formatted(limit, TENANT));
        run("INSERT INTO buckets (limit_id, since, kind, spent, leased, at) VALUES ('%s', %d, 'window', 900, 30, 0)"
                .formatted(limit, today.toEpochMilli() * 1_000));
        IntentId first = new IntentId(new UUID(today.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE));
        line(first, 1, "usage", "worker-1", 4, 40);

        assertThat(books.budgets(NOON, LATER)).singleElement().satisfies(budget -> {
            assertThat(budget.from()).isEqualTo(today);
            assertThat(budget.until()).isEqualTo(today.plus(Duration.ofDays(1)));
            assertThat(budget.spent()).isEqualTo(900);
            assertThat(budget.leased()).isEqualTo(30);
            assertThat(budget.charged()).isEqualTo(charged(today));
        });
        assertThat(books.budgets(NOON.minus(Duration.ofDays(3)), today)).isEmpty();
    }

    private static long charged(Instant from) {
        return pools.core()
                .query(client -> client.sql(
                                "SELECT sum(charge_nano)::bigint FROM ledger WHERE request >= first_id(:from)")
                        .param("from", Timestamp.from(from))
                        .query(Long.class)
                        .single());
    }

    private static IntentId at(Instant moment) {
        return IntentId.next(Clock.fixed(moment, ZoneOffset.UTC));
    }

    private static void line(IntentId request, int attempt, String kind, String node, int completion, long charge)
            throws SQLException {
        run("""
                INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens,
                    cached_tokens, completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
                VALUES ('%s', %d, '%s', '%s', uuidv7(), uuidv7(), 'tiny-moe', '%s', 1, 0, 0, %d, 0, true, true, %d, 0)""".formatted(request, attempt, kind, TENANT, node, completion, charge));
    }

    private static void intent(IntentId id) throws SQLException {
        run("""
                INSERT INTO intents (id, tenant, project, key, dialect, model, max_input, choices, address, body_sha256, gateway, start_id)
                VALUES ('%s', '%s', uuidv7(), uuidv7(), 'openai', 'm', 1, 1, '::1', sha256(''), 'g', 1)""".formatted(id, TENANT));
    }

    private static void outcome(IntentId id, int completion, long charge) throws SQLException {
        run("""
                INSERT INTO outcomes (intent, tenant, project, key, kind, policy, attempts, prompt_tokens, cached_tokens, completion_tokens,
                    reasoning_tokens, exact, queue_ms, prefill_ms, decode_ms, step_rows, total_ms, charge_nano, cost_nano, model, dialect)
                VALUES ('%s', '%s', uuidv7(), uuidv7(), 'completed', '', '[]', 0, 0, %d, 0, true, 0, 0, 0, 0, 0, %d, 0, 'm', 'openai')""".formatted(id, TENANT, completion, charge));
    }

    private static void run(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
