package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.Pooled;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.Instance;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Usage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A budget so small that every call asks the database, which is stopped and started. */
@Pooled
@Timeout(120)
final class PostgresQuotaGoneTest {

    private static final int CALLS = 5;
    private static final Price PER_CALL = new Price(0, 0, 0, 0, 100);
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TestDatabase database;
    private OpenDatabase pools;
    private Teller teller;
    private LeasedQuota quota;

    @BeforeEach
    void start(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.onOwnServer();
        pools = OpenDatabase.on(database, secrets);
        try (Connection all = database.superuser();
                Statement statement = all.createStatement()) {
            statement.executeUpdate("INSERT INTO tenants (id, name) VALUES ('"
                    + TestGateway.CALLER.tenant().value() + "', 'acme')");
            statement.executeUpdate("INSERT INTO gateways (start_id, name) VALUES (1, 'gateway-1')");
        }
        PoolClock clock = new PoolClock(System::nanoTime);
        Pool pool = new PostgresQuotaPool(pools.core(), new Instance("gateway-1", 1), clock, Duration.ofSeconds(15));
        clock.set(pool.now());
        Leases leases = new Leases(clock);
        QuotaMeters meters = new QuotaMeters(new SimpleMeterRegistry());
        teller = new Teller(pool, leases, meters, Warnings.NONE);
        teller.start();
        LimitBook book = new LimitBook(
                List.of(Sample.limit(1, Measure.CHARGE, Period.QUARTER, CALLS * PER_CALL.perCall())), Sample.ANY_RATE);
        quota = new LeasedQuota(() -> book, leases, teller, meters);
    }

    @AfterEach
    void stop() {
        teller.close();
        pools.close();
        database.close();
    }

    @Test
    void refusesWhileItIsAwayAndCountsToTheCallWhenItIsBack() {
        settle(held());
        Reservation underWay = held();

        database.stop();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::admit).isInstanceOfSatisfying(Fault.class, fault -> {
                assertThat(fault.problem().code()).isEqualTo(Code.DATABASE_UNAVAILABLE);
                assertThat(fault.problem().retryAfter()).isPresent();
            });
        }
        settle(underWay);
        database.start();

        Reservation third =
                await().atMost(PROMISED).ignoreException(Fault.class).until(this::held, _ -> true);
        settle(third);
        settle(held());
        settle(held());
        assertThat(admit()).isInstanceOf(Admission.Limited.class);
        await().atMost(PATIENCE).until(() -> spent() == CALLS * PER_CALL.perCall());
    }

    private Admission admit() {
        return quota.admit(TestGateway.CALLER, new Demand(TestGateway.MODEL, new Bound(10, 10, 1), PER_CALL));
    }

    private Reservation held() {
        return switch (admit()) {
            case Admission.Admitted admitted -> admitted.held();
            case Admission.Limited limited ->
                throw new AssertionError(limited.why().message());
        };
    }

    private static void settle(Reservation held) {
        held.settle(List.of(new Charge(1, Usage.NONE, PER_CALL)));
    }

    private long spent() throws SQLException {
        try (Connection all = database.superuser();
                Statement statement = all.createStatement();
                ResultSet spent = statement.executeQuery("SELECT sum(spent) FROM buckets WHERE kind = 'window'")) {
            return spent.next() ? spent.getLong(1) : -1;
        }
    }
}
