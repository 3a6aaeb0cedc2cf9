package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@PooledWhenLong
@Timeout(60)
final class PostgresLedgerTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final TenantId ACME = new TenantId(new UUID(1, 1));
    private static final TenantId OTHER = new TenantId(new UUID(2, 2));
    private static final int LINES = 25;

    private static TestDatabase database;
    private static OpenDatabase pools;
    private static Ledger ledger;

    @BeforeAll
    static void fill(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        ledger = new PostgresLedger(pools.core());
        for (int minute = 0; minute < LINES; minute++) {
            append(minute, 1, "usage", ACME, "tiny-moe");
            append(minute, 2, "usage", minute % 2 == 0 ? ACME : OTHER, "large");
        }
        append(3, 1, "correction", ACME, "tiny-moe");
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    @Test
    void pagesThroughEveryLineOnceTheLatestFirst() {
        List<LedgerLine.Place> seen = new ArrayList<>();
        List<LedgerLine> page = ledger.page(all(), Optional.empty(), 7);
        while (!page.isEmpty()) {
            page.forEach(line -> seen.add(line.place()));
            page = ledger.page(all(), Optional.of(page.getLast().place()), 7);
        }
        assertThat(seen).hasSize(2 * LINES + 1).doesNotHaveDuplicates();
        assertThat(seen)
                .extracting(place -> place.request().toString())
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void showsOneTenantOnlyItsLines() {
        assertThat(ledger.page(of(OTHER), Optional.empty(), 1_000))
                .hasSize(LINES / 2)
                .allSatisfy(line -> assertThat(line.caller().tenant()).isEqualTo(OTHER));
    }

    @Test
    void knowsTheTimeOfArrivalAndTheModel() {
        Ledger.Filter filter = new Ledger.Filter(
                Optional.of(ACME),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ModelName("tiny-moe")),
                NOON.plus(Duration.ofMinutes(3)),
                NOON.plus(Duration.ofMinutes(5)));

        assertThat(ledger.page(filter, Optional.empty(), 10))
                .extracting(LedgerLine::place)
                .extracting(LedgerLine.Place::kind)
                .containsExactly(LedgerLine.Kind.USAGE, LedgerLine.Kind.USAGE, LedgerLine.Kind.CORRECTION);
    }

    @Test
    void readsALineAsItWasWritten() {
        LedgerLine line = ledger.page(of(OTHER), Optional.empty(), 1).getFirst();

        assertThat(line.tokens()).isEqualTo(new LedgerLine.Tokens(10, 4, 5, 2));
        assertThat(line.charge()).isEqualTo(70);
        assertThat(line.cost()).isEqualTo(7);
        assertThat(line.node()).isEqualTo("worker-1");
        assertThat(line.exact()).isTrue();
        assertThat(line.due()).isTrue();
        assertThat(line.recorded()).isNotNull();
    }

    @Test
    void refusesAPageThatIsTooLong() {
        assertThatThrownBy(() -> ledger.page(all(), Optional.empty(), Ledger.LONGEST_PAGE + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Ledger.Filter all() {
        return filter(Optional.empty());
    }

    private static Ledger.Filter of(TenantId tenant) {
        return filter(Optional.of(tenant));
    }

    private static Ledger.Filter filter(Optional<TenantId> tenant) {
        return new Ledger.Filter(
                tenant, Optional.empty(), Optional.empty(), Optional.empty(), NOON, NOON.plus(Duration.ofDays(1)));
    }

    private static void append(int minute, int attempt, String kind, TenantId tenant, String model)
            throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens,
                        cached_tokens, completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
                    VALUES (first_id(timestamptz '%s'), %d, '%s', '%s', uuidv7(), uuidv7(), '%s', 'worker-1', 1, 10,
                        4, 5, 2, true, true, 70, 7)""".formatted(NOON.plus(Duration.ofMinutes(minute)), attempt, kind, tenant.value(), model));
        }
    }
}
