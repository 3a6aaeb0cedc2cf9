package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.metering.Corrections.Dispatched;
import dev.gatehouse.gateway.quota.SpendingsFixture;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@PooledWhenLong
@Timeout(60)
final class PostgresCorrectionsTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final Price PRICE = new Price(3, 2, 10);
    private static final Usage USED = new Usage(14, 4, 22, 16, Meters.NONE, true);

    private static TestDatabase database;
    private static OpenDatabase pools;
    private static Corrections corrections;

    private final Caller caller =
            new Caller(new TenantId(TENANT), new ProjectId(new UUID(0, 2)), new KeyId(new UUID(0, 3)));
    private final IntentId request = IntentId.next(Clock.systemUTC());

    @BeforeAll
    static void open(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        corrections = new PostgresCorrections(pools.core(), SpendingsFixture.on(pools));
        run("INSERT INTO tenants (id, name) VALUES ('%s', 'acme')".formatted(TENANT));
        run(
                "INSERT INTO limits (tenant, level, what, per, amount, created_at) SELECT '%s', 'tenant', what, 'month', 1000000, 'epoch'"
                                .formatted(TENANT)
                        + " FROM unnest(ARRAY['charge', 'total_tokens', 'requests']) AS what");
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    @BeforeEach
    void forget() throws SQLException {
        run("DELETE FROM buckets");
    }

    @Test
    void addsTheWholeOfADispatchThatNoLineTellsOf() throws SQLException {
        assertThat(correct(true, dispatched(1, USED, true))).isTrue();
        assertThat(lines()).containsExactly("1 correction worker-1 14 4 22 16 t t 258");
        assertThat(spent()).containsExactly("charge 258", "total_tokens 36");
    }

    @Test
    void addsOnlyTheDifferenceToALine() throws SQLException {
        usage(1, 0, 5, true, 50);
        assertThat(correct(false, dispatched(1, USED, true))).isTrue();
        assertThat(lines())
                .containsExactly("1 correction worker-1 14 4 17 16 t t 208", "1 usage worker-1 0 0 5 0 f t 50");
        assertThat(spent()).containsExactly("charge 208", "total_tokens 31");
    }

    @Test
    void takesBackWhatAnAttemptOwedThatAnotherOneFollowed() throws SQLException {
        usage(1, 14, 5, true, 92);
        run(
                "INSERT INTO buckets (limit_id, since, kind, spent, at) SELECT id,"
                        + " (extract(epoch FROM date_trunc('month', now(), 'UTC')) * 1000000)::bigint, 'window', 1000, 0 FROM limits WHERE what = 'charge'");
        Usage first = new Usage(14, 0, 5, 0, Meters.NONE, true);
        assertThat(correct(true, dispatched(1, first, false), dispatched(2, USED, true)))
                .isTrue();
        assertThat(lines())
                .containsExactly(
                        "1 correction worker-1 0 0 0 0 t f -92",
                        "1 usage worker-1 14 0 5 0 f t 92",
                        "2 correction worker-1 14 4 22 16 t t 258");
        assertThat(spent()).containsExactly("charge 1166", "total_tokens 17");
    }

    @Test
    void keepsWaivedWhatWasWaived() throws SQLException {
        usage(1, 0, 5, false, 0);
        correct(false, dispatched(1, USED, true));
        assertThat(lines()).contains("1 correction worker-1 14 4 17 16 t f 0");
        assertThat(spent()).isEmpty();
    }

    @Test
    void correctsARequestOnceForEver() throws SQLException {
        correct(true, dispatched(1, USED, true));
        assertThat(correct(true, dispatched(1, USED, true), dispatched(2, USED, true)))
                .isFalse();
        assertThat(lines()).hasSize(1);
        assertThat(spent()).containsExactly("charge 258", "total_tokens 36");
    }

    @Test
    void writesNothingWhenNothingDiffers() throws SQLException {
        assertThat(correct(true)).isTrue();
        assertThat(lines()).isEmpty();
        assertThat(spent()).isEmpty();
    }

    private boolean correct(boolean blind, Dispatched... all) {
        return corrections.correct(
                new Corrections.Request(request, caller, new ModelName("tiny-moe"), 7, blind), List.of(all));
    }

    private static Dispatched dispatched(int attempt, Usage usage, boolean due) {
        return new Dispatched("worker-1", new Charge(attempt, usage, PRICE, 0, due));
    }

    private void usage(int attempt, int prompt, int completion, boolean due, long charge) throws SQLException {
        run("""
                INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens,
                    cached_tokens, completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
                VALUES ('%s', %d, 'usage', '%s', uuidv7(), uuidv7(), 'tiny-moe', 'worker-1', 7, %d, 0, %d, 0, false, %s, %d, 0)""".formatted(request, attempt, TENANT, prompt, completion, due, charge));
    }

    private List<String> lines() throws SQLException {
        return ask("""
                SELECT concat_ws(' ', attempt, kind, node, prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens,
                    exact, due, charge_nano)
                FROM ledger WHERE request = '%s' AND start_id = 7 ORDER BY attempt, kind""".formatted(request));
    }

    private static List<String> spent() throws SQLException {
        return ask(
                "SELECT what || ' ' || spent FROM buckets JOIN limits ON id = limit_id WHERE kind = 'window' ORDER BY what");
    }

    private static void run(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> ask(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
