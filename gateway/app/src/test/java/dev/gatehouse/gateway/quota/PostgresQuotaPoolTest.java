package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Pooled;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.Instance;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.Act;
import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.SoftLimitPassed;
import dev.gatehouse.gateway.vocabulary.Usage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

@Pooled
@Timeout(120)
final class PostgresQuotaPoolTest extends PoolContract {

    private static final UUID OLD = new UUID(9, 1);
    private static final UUID FLOW = new UUID(9, 2);
    private static final UUID TENANT = TestGateway.CALLER.tenant().value();
    private static final UUID KEY = TestGateway.CALLER.key().value();
    private static final Price PER_CALL = new Price(0, 0, 0, 0, 100);

    private static TestDatabase database;
    private static OpenDatabase pools;

    @BeforeAll
    static void create(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        change("INSERT INTO tenants (id, name) VALUES ('" + TENANT + "', 'acme')");
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    @BeforeEach
    void twoGatewaysLive() throws SQLException {
        change("DELETE FROM leases");
        change("DELETE FROM limits");
        change("DELETE FROM gateways");
        change("INSERT INTO gateways (start_id, name) VALUES (1, 'gateway-1'), (2, 'gateway-2')");
    }

    @Override
    Pool gateway(int number) {
        return pool(number, Duration.ofSeconds(15));
    }

    private static Pool pool(int number, Duration term) {
        return new PostgresQuotaPool(
                pools.core(), new Instance("gateway-" + number, number), new PoolClock(System::nanoTime), term);
    }

    @Test
    void admitsExactlyTheBudgetHoweverManyCallOnTwoGatewaysAtOnce() throws InterruptedException, ExecutionException {
        Limit budget = limit(Measure.CHARGE, 5_000);
        LimitBook book = new LimitBook(List.of(budget), Sample.ANY_RATE);
        int admitted = 0;
        try (Threaded one = new Threaded(1, book);
                Threaded two = new Threaded(2, book);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Threaded at = i % 2 == 0 ? one : two;
                calls.add(callers.submit(at::isAdmitted));
            }
            for (Future<Boolean> call : calls) {
                admitted += call.get() ? 1 : 0;
            }
        }
        assertThat(admitted).isEqualTo(50);
    }

    /** A gateway with its teller's own thread, as in production. */
    private static final class Threaded implements AutoCloseable {

        private static final Duration SOON = Duration.ofSeconds(1);
        private static final Duration FOREVER = Duration.ofDays(1_000);

        private final PoolClock clock = new PoolClock(System::nanoTime);
        private final Leases leases = new Leases(clock);
        private final QuotaMeters meters = new QuotaMeters(new SimpleMeterRegistry());
        private final Teller teller;
        private final LeasedQuota quota;

        Threaded(int number, LimitBook book) {
            Pool pool = new PostgresQuotaPool(
                    pools.core(), new Instance("gateway-" + number, number), clock, Duration.ofSeconds(15));
            clock.set(pool.now());
            teller = new Teller(pool, leases, meters, Warnings.NONE);
            teller.start();
            quota = new LeasedQuota(() -> book, leases, teller, meters);
        }

        /** As a caller does that tries again until waiting is no use. */
        boolean isAdmitted() throws InterruptedException {
            Demand demand = new Demand(TestGateway.MODEL, new Bound(10, 10, 1), PER_CALL);
            while (true) {
                switch (quota.admit(TestGateway.CALLER, demand)) {
                    case Admission.Admitted admitted -> {
                        admitted.held().settle(List.of(new Charge(1, Usage.NONE, PER_CALL)));
                        return true;
                    }
                    case Admission.Limited limited -> {
                        Duration wait = limited.why().retryAfter().orElse(FOREVER);
                        if (wait.compareTo(SOON) > 0) {
                            return false;
                        }
                        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
                    }
                }
            }
        }

        @Override
        public void close() {
            teller.close();
        }
    }

    @Test
    void whatADeadGatewayLeasedComesBackLessWhatItsRequestsUsed() throws SQLException {
        Terms budget = stored(limit(Measure.CHARGE, 1_000));
        Pool dead = pool(1, Duration.ZERO);
        dead.carryOut(List.of(take(budget, 500, 0), new Order.Report(budget, OptionalLong.of(120), 0)));
        outcome(1, 120);
        outcome(1, 55);
        outcome(2, 999);
        assertThat(gateway(2).expire()).isZero();
        change("UPDATE gateways SET closed_at = now() WHERE start_id = 1");
        assertThat(gateway(2).expire()).isOne();
        Bucket bucket = look(budget);
        assertThat(bucket.spent()).isEqualTo(175);
        assertThat(bucket.leased()).isZero();
        assertThat(gateway(2).expire()).isZero();
    }

    @Test
    void windowsThatAreLongOverAreForgottenUnlessSomebodyHoldsUnitsOfThem() throws SQLException {
        change(
                "INSERT INTO buckets (limit_id, since, kind, at) VALUES ('%s', 0, 'window', 0), ('%s', 1, 'window', 0), ('%s', 0, 'flow', 0)"
                        .formatted(OLD, OLD, FLOW));
        change(
                "INSERT INTO leases (limit_id, since, start_id, units, reported, expires_at) VALUES ('%s', 1, 1, 5, 0, 'infinity')"
                        .formatted(OLD));
        Terms recent = stored(limit(Measure.CHARGE, 1_000));
        gateway(1).carryOut(List.of(take(recent, 1, 0), new Order.Report(recent, OptionalLong.of(1), 0)));
        change("DELETE FROM leases WHERE limit_id = '" + recent.limit().id() + "'");
        gateway(2).expire();
        assertThat(rows("SELECT count(*) FROM buckets WHERE limit_id = '" + OLD + "' AND since = 0"))
                .isZero();
        assertThat(rows("SELECT count(*) FROM buckets WHERE limit_id = '" + OLD + "' AND since = 1"))
                .isOne();
        assertThat(rows("SELECT count(*) FROM buckets WHERE limit_id = '" + FLOW + "'"))
                .isOne();
        assertThat(look(recent).spent()).isOne();
    }

    @Test
    void aSoftLimitThatIsPassedIsAnEventAndAnActOfTheSystem() throws SQLException {
        Terms budget = stored(limit(Measure.CHARGE, 5_000_000_000L));
        List<Object> told = new ArrayList<>();
        new PostgresWarnings(pools.core(), told::add).passed(budget, 4_000_000_000L);
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).isInstanceOfSatisfying(SoftLimitPassed.class, passed -> {
            assertThat(passed.limit()).isEqualTo(budget.limit().id());
            assertThat(passed.spent()).isEqualTo(4_000_000_000L);
        });
        assertThat(told.getLast()).isInstanceOfSatisfying(Act.class, act -> {
            assertThat(act.actor()).isEqualTo("gatehouse");
            assertThat(act.what()).isEqualTo("limit.warn");
            assertThat(act.tenant()).isPresent();
            assertThat(act.after().orElseThrow()).containsEntry("spent", "4.00").containsEntry("amount", "5.00");
        });
    }

    private static long rows(String sql) {
        return pools.core().query(client -> client.sql(sql).query(Long.class).single());
    }

    @Test
    void nothingComesBackBeforeALeaseHasExpired() throws SQLException {
        Terms budget = stored(limit(Measure.CHARGE, 1_000));
        gateway(1).carryOut(List.of(take(budget, 500, 0)));
        change("UPDATE gateways SET closed_at = now() WHERE start_id = 1");
        assertThat(gateway(2).expire()).isZero();
        assertThat(look(budget).leased()).isEqualTo(500);
    }

    @Test
    void nothingComesBackOfALimitOfWhichNobodyKnowsWhomItBinds() throws SQLException {
        Terms budget = limit(Measure.CHARGE, 1_000).at(pool(1, Duration.ZERO).now());
        pool(1, Duration.ZERO).carryOut(List.of(take(budget, 500, 0)));
        change("UPDATE gateways SET closed_at = now() WHERE start_id = 1");
        assertThat(gateway(2).expire()).isOne();
        assertThat(look(budget).spent()).isEqualTo(500);
    }

    @Test
    void streamsOfADeadGatewayComeBackWhole() throws SQLException {
        Limit streams = Sample.limit(uniqueId(), Measure.STREAMS, Period.NONE, 5);
        Terms terms = streams.at(Sample.NOW);
        pool(1, Duration.ZERO).carryOut(List.of(take(terms, 5, 0)));
        change("UPDATE gateways SET closed_at = now() WHERE start_id = 1");
        assertThat(gateway(2).expire()).isOne();
        assertThat(look(terms).room(terms.rule())).isEqualTo(5);
    }

    @Test
    void aRecallReachesWhoListens() throws SQLException {
        BucketKey bucket = new BucketKey(UUID.randomUUID(), 17);
        try (Connection listener = database.superuser();
                Statement listen = listener.createStatement()) {
            listen.execute("LISTEN quota");
            gateway(1).recall(List.of(bucket));
            assertThat(listener.unwrap(PGConnection.class).getNotifications(10_000))
                    .singleElement()
                    .satisfies(
                            told -> assertThat(Recall.read(told.getParameter())).containsExactly(bucket));
        }
    }

    private static Limit limit(Measure measure, long amount) {
        return Sample.limit(uniqueId(), measure, Period.MONTH, amount);
    }

    private static int uniqueId() {
        return Math.floorMod(UUID.randomUUID().hashCode(), 1_000_000_000);
    }

    /** The same limit as a row, so that it can be told whom it binds. */
    private static Terms stored(Limit limit) throws SQLException {
        change(
                "INSERT INTO limits (id, tenant, level, what, per, amount) VALUES ('%s', '%s', 'tenant', '%s', 'month', %d)"
                        .formatted(
                                limit.id(), TENANT, limit.measure().name().toLowerCase(Locale.ROOT), limit.amount()));
        return limit.at(pool(1, Duration.ZERO).now());
    }

    private static Bucket look(Terms terms) {
        return pool(2, Duration.ofSeconds(15))
                .carryOut(List.of(new Order.Report(terms, OptionalLong.empty(), 0)))
                .position(terms.key())
                .bucket();
    }

    /** A request of a gateway that has come to its end. */
    private static void outcome(long start, long charge) throws SQLException {
        change("""
                WITH asked AS (
                    INSERT INTO intents (id, tenant, project, key, dialect, model, max_input, choices, address, body_sha256,
                                         gateway, start_id)
                    VALUES (uuidv7(), '%1$s', '%2$s', '%2$s', 'openai', 'tiny-moe', 1, 1, '::1', sha256(''), 'g', %3$d)
                    RETURNING id)
                INSERT INTO outcomes (intent, tenant, project, key, kind, policy, attempts, prompt_tokens, cached_tokens,
                    completion_tokens, reasoning_tokens, exact, queue_ms, prefill_ms, decode_ms, step_rows, total_ms, charge_nano, model, dialect)
                SELECT id, '%1$s', '%2$s', '%2$s', 'recovered', '', '[]', 1, 0, 1, 0, true, 0, 0, 0, 0, 0, %4$d, 'm', 'openai' FROM asked
                """.formatted(TENANT, KEY, start, charge));
    }

    private static void change(String sql) throws SQLException {
        try (Connection all = database.superuser();
                Statement statement = all.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
