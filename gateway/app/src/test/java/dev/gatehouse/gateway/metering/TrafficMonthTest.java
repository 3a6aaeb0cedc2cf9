package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.db.SeededMonth;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.access.Sights;
import dev.gatehouse.gateway.audit.Acts;
import dev.gatehouse.gateway.audit.AuditFixture;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.database.TenantTransactions;
import dev.gatehouse.gateway.database.WatchedStatements;
import dev.gatehouse.gateway.metering.Requests.Filter;
import dev.gatehouse.gateway.metering.Requests.Marks;
import dev.gatehouse.gateway.metering.Requests.Whose;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A month of 100,000 requests: how PostgreSQL plans what people ask of it, and whether sums of hours say what the requests say. */
@Timeout(240)
final class TrafficMonthTest {

    private static final int REQUESTS = 100_000;
    private static final Set<String> BIG = Set.of("intents", "outcomes", "acts");
    private static final TenantId TENANT = new TenantId(SeededMonth.tenant(2));

    private static final Instant NOW = Instant.now();
    private static final Instant MONTH_AGO = NOW.minus(Duration.ofDays(30));

    private static TestDatabase database;
    private static OpenDatabase pools;
    private static final WatchedStatements STATEMENTS = new WatchedStatements();
    private static Requests requests;
    private static Traffic traffic;
    private static UsageSums sums;
    private static Acts acts;
    private static LiveSource live;
    private static NodeTraffic nodes;

    @BeforeAll
    static void fill(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.create();
        try (Connection superuser = database.superuser()) {
            SeededMonth.fill(superuser, REQUESTS);
        }
        pools = OpenDatabase.on(database, secrets);
        new PostgresUsageHours(pools.core()).bringUpToDate();
        new PostgresRequestHours(pools.core()).bringUpToDate();
        change("VACUUM (ANALYZE)");
        CoreDatabase core = STATEMENTS.watch(CoreDatabase.class, pools.core());
        TenantTransactions tenants = STATEMENTS.watch(TenantTransactions.class, pools.tenants());
        PostgresSight sight = Sights.of(core, tenants, _ -> {});
        requests = new PostgresRequests(sight, core);
        traffic = new PostgresTraffic(sight);
        sums = new PostgresUsageSums(sight);
        acts = AuditFixture.acts(sight);
        live = new PostgresLiveSource(core, sight);
        nodes = new PostgresNodeTraffic(core);
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    static Stream<Actor> users() {
        return Stream.of(Sights.auditor(Optional.empty()), Sights.auditor(Optional.of(TENANT)));
    }

    @ParameterizedTest
    @MethodSource("users")
    void noListReadsABigTableFromEndToEnd(Actor user) {
        STATEMENTS.forget();
        for (Filter filter : filters()) {
            requests.list(user, filter, new Paging(Optional.empty(), 50));
            traffic.histogram(user, filter, 60);
            traffic.series(user, filter.whose(), filter.from(), filter.until(), 60);
            traffic.summary(user, filter.whose(), filter.from(), filter.until());
            traffic.failures(user, filter.whose(), filter.from(), filter.until());
        }
        Request last = requests.list(user, month(Whose.ANYBODY, Marks.ANY), new Paging(Optional.empty(), 1))
                .items()
                .getFirst();
        requests.find(user, last.id());
        requests.list(
                user,
                month(Whose.ANYBODY, Marks.ANY),
                new Paging(Optional.of(last.id().value()), 50));
        live.recorded(Duration.ofSeconds(30), 1_000);
        live.seenBy(user, List.of(last.id().value()));
        nodes.since(NOW.minus(Duration.ofHours(1)));
        readActs(user);

        assertThat(STATEMENTS.planned()).hasSizeGreaterThan(100);
        assertThat(STATEMENTS.planned()).allSatisfy(TrafficMonthTest::passesOverBigTables);
    }

    @Test
    void thePlansTestWouldSeeAScan() {
        STATEMENTS.forget();
        Actor all = Sights.auditor(Optional.empty());
        Sights.of(STATEMENTS.watch(CoreDatabase.class, pools.core()), pools.tenants(), _ -> {})
                .read(
                        all,
                        client -> client.sql("SELECT count(DISTINCT policy) FROM outcomes")
                                .query(Long.class)
                                .single());
        assertThat(scanned(STATEMENTS.planned().getFirst())).containsExactly("outcomes");
    }

    @ParameterizedTest
    @MethodSource("users")
    void sumsOfHoursSayWhatTheRequestsSay(Actor user) throws SQLException {
        Instant from = MONTH_AGO.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        Instant until = NOW.truncatedTo(ChronoUnit.HOURS);
        for (Whose whose : List.of(
                Whose.ANYBODY,
                new Whose(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new ModelName("large"))),
                new Whose(
                        Optional.empty(),
                        Optional.of(new ProjectId(SeededMonth.project(1))),
                        Optional.empty(),
                        Optional.empty()))) {
            Traffic.Summary summed = traffic.summary(user, whose, from, until);
            Exact exact = exact(user, whose, from, until);
            assertThat(summed.requests()).isEqualTo(exact.requests()).isPositive();
            assertThat(summed.failed()).isEqualTo(exact.failed()).isPositive();
            assertThat(summed.outputTokens()).isEqualTo(exact.tokens()).isPositive();
            assertThat(summed.firstTokenP50Ms().orElseThrow())
                    .isCloseTo(exact.p50(), within(exact.p50() * LatencySketch.ERROR));
            assertThat(summed.firstTokenP95Ms().orElseThrow())
                    .isCloseTo(exact.p95(), within(exact.p95() * LatencySketch.ERROR));
        }
    }

    @Test
    void aFilterThatSumsDoNotKnowCountsTheRequestsThemselves() throws SQLException {
        Actor all = Sights.auditor(Optional.empty());
        Traffic.Histogram slow = traffic.histogram(all, month(Whose.ANYBODY, slow(1_000)), 30);
        long counted = slow.buckets().stream()
                .mapToLong(Traffic.HistogramBucket::every)
                .sum();
        assertThat(counted)
                .isEqualTo(number("SELECT count(*) FROM outcomes WHERE first_token_ms >= 1000 AND intent >= first_id('"
                        + MONTH_AGO + "') AND intent < first_id('" + NOW + "')"))
                .isPositive();
    }

    @Test
    void countsOfANodeAreThoseOfTheRequestsThatWereSentToIt() throws SQLException {
        Instant from = MONTH_AGO.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        Instant until = NOW.truncatedTo(ChronoUnit.HOURS);
        Marks ofNode = marks(Optional.empty(), Optional.of(new NodeName("seed-2")), Optional.empty());
        long counted = traffic
                .histogram(Sights.auditor(Optional.empty()), new Filter(Whose.ANYBODY, ofNode, from, until), 30)
                .buckets()
                .stream()
                .mapToLong(Traffic.HistogramBucket::every)
                .sum();
        assertThat(counted)
                .isEqualTo(number(
                        "SELECT count(DISTINCT request) FROM ledger WHERE node = 'seed-2' AND request >= first_id('%s') AND request < first_id('%s')"
                                .formatted(from, until)))
                .isPositive();
    }

    @Test
    void aTenantsUserSeesNothingOfOthersWhateverItAsks() {
        Actor tenants = Sights.auditor(Optional.of(TENANT));
        Whose other = new Whose(
                Optional.of(new TenantId(SeededMonth.tenant(1))), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(requests.list(tenants, month(other, Marks.ANY), new Paging(Optional.empty(), 50))
                        .items())
                .isEmpty();
        assertThat(traffic.summary(tenants, other, MONTH_AGO, NOW).requests()).isZero();
        assertThat(requests.list(tenants, month(Whose.ANYBODY, Marks.ANY), new Paging(Optional.empty(), 200))
                        .items())
                .hasSize(200)
                .allMatch(request -> request.caller().tenant().equals(TENANT));
        assertThat(acts.list(tenants, every(), new Paging(Optional.empty(), 200))
                        .items())
                .isNotEmpty()
                .allMatch(act -> act.tenant().equals(Optional.of(TENANT)));
    }

    @Test
    void pagesOfUsageMissNothingAndTheTotalIsOverAll() {
        Actor all = Sights.auditor(Optional.empty());
        for (Optional<UsageSums.Over> over :
                List.of(Optional.<UsageSums.Over>empty(), Optional.of(UsageSums.Over.DAY))) {
            List<UsageSums.Sum> seen = new ArrayList<>();
            Optional<String> after = Optional.empty();
            UsageSums.Part part;
            do {
                part = sums.by(
                        all,
                        new UsageSums.Wanted(
                                UsageSums.Grouping.KEY,
                                over,
                                Whose.ANYBODY,
                                new UsageSums.Time.Span(MONTH_AGO, NOW),
                                after,
                                7));
                seen.addAll(part.items());
                after = part.next();
            } while (after.isPresent());
            assertThat(seen)
                    .map(sum -> sum.group() + sum.at())
                    .doesNotHaveDuplicates()
                    .hasSizeGreaterThan(20);
            assertThat(seen.stream().mapToLong(UsageSums.Sum::charge).sum())
                    .isEqualTo(part.total().charge());
            assertThat(seen).allMatch(sum -> sum.label().orElseThrow().startsWith("key-"));
        }
    }

    private static void readActs(Actor user) {
        acts.list(user, every(), new Paging(Optional.empty(), 50));
        acts.list(
                user,
                new Acts.Filter(
                        Optional.of(TENANT),
                        Optional.of("user-3"),
                        Optional.of("key"),
                        Optional.empty(),
                        Optional.of(MONTH_AGO),
                        Optional.of(NOW)),
                new Paging(Optional.empty(), 50));
        acts.happenings(user, MONTH_AGO, NOW);
    }

    private static Acts.Filter every() {
        return new Acts.Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Filter> filters() {
        Whose tenant = new Whose(Optional.of(TENANT), Optional.empty(), Optional.empty(), Optional.empty());
        Whose project = new Whose(
                Optional.empty(),
                Optional.of(new ProjectId(SeededMonth.project(1))),
                Optional.empty(),
                Optional.empty());
        Whose key = new Whose(
                Optional.empty(), Optional.empty(), Optional.of(new KeyId(SeededMonth.key(1))), Optional.empty());
        Whose model =
                new Whose(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new ModelName("small")));
        return List.of(
                month(Whose.ANYBODY, Marks.ANY),
                new Filter(Whose.ANYBODY, NOW.minus(Duration.ofHours(6)), NOW),
                month(tenant, Marks.ANY),
                month(project, Marks.ANY),
                month(key, Marks.ANY),
                month(model, Marks.ANY),
                month(Whose.ANYBODY, Marks.ofKind(Optional.of("failed"))),
                month(Whose.ANYBODY, marks(Optional.of("upstream_lost"), Optional.empty(), Optional.empty())),
                month(Whose.ANYBODY, marks(Optional.empty(), Optional.of(new NodeName("seed-2")), Optional.empty())),
                month(Whose.ANYBODY, marks(Optional.empty(), Optional.of(new NodeName("nobody")), Optional.empty())),
                month(Whose.ANYBODY, slow(1_000)),
                month(Whose.ANYBODY, slow(1_000_000_000)));
    }

    private static Filter month(Whose whose, Marks marks) {
        return new Filter(whose, marks, MONTH_AGO, NOW);
    }

    private static Marks slow(double ms) {
        return marks(Optional.empty(), Optional.empty(), Optional.of(ms));
    }

    private static Marks marks(Optional<String> code, Optional<NodeName> node, Optional<Double> firstToken) {
        return new Marks(
                Optional.empty(), code, node, Optional.empty(), firstToken, Optional.empty(), Optional.empty());
    }

    private static void passesOverBigTables(WatchedStatements.Planned statement) {
        assertThat(scanned(statement))
                .as(statement.sql() + "\n" + statement.plan())
                .isEmpty();
    }

    private static List<String> scanned(WatchedStatements.Planned statement) {
        List<String> found = new ArrayList<>();
        collect(JsonMapper.shared().readTree(statement.plan()).path(0).path("Plan"), found);
        return found;
    }

    private static void collect(JsonNode plan, List<String> found) {
        String table = plan.path("Relation Name").asString("");
        if (plan.path("Node Type").asString().endsWith("Seq Scan")
                && (BIG.contains(table) || table.startsWith("ledger"))
                && plan.path("Plan Rows").asLong() > 0
                && !isEmptyMonth(table)) {
            found.add(table);
        }
        plan.path("Plans").forEach(part -> collect(part, found));
    }

    /** Months to come have no lines yet, and reading nothing from end to end is free. */
    private static boolean isEmptyMonth(String table) {
        try {
            return table.startsWith("ledger")
                    && number("SELECT count(*) FROM (SELECT 1 FROM " + table + " LIMIT 1)") == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Exact(long requests, long failed, long tokens, double p50, double p95) {}

    private static Exact exact(Actor user, Whose whose, Instant from, Instant until) throws SQLException {
        StringBuilder condition =
                new StringBuilder("intent >= first_id('%s') AND intent < first_id('%s')".formatted(from, until));
        user.tenant().ifPresent(tenant -> condition.append(equal("tenant", tenant.value())));
        whose.project().ifPresent(project -> condition.append(equal("project", project.value())));
        whose.model().ifPresent(model -> condition.append(" AND model = '" + model.value() + "'"));
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(
                        """
                        SELECT count(*), count(*) FILTER (WHERE kind = 'failed'), percentile_disc(0.5) WITHIN GROUP (ORDER BY first_token_ms),
                            percentile_disc(0.95) WITHIN GROUP (ORDER BY first_token_ms),
                            (SELECT sum(completion_tokens) FROM ledger WHERE %s)
                        FROM outcomes WHERE %s""".formatted(condition.toString().replace("intent", "request"), condition))) {
            assertThat(row.next()).isTrue();
            return new Exact(row.getLong(1), row.getLong(2), row.getLong(5), row.getDouble(3), row.getDouble(4));
        }
    }

    private static String equal(String column, UUID id) {
        return " AND %s = '%s'".formatted(column, id);
    }

    private static long number(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static void change(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
