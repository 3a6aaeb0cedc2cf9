package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.Instance;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The tables {@code buckets} and {@code leases}. Rows are locked in the order of their keys, for the length of one transaction. */
final class PostgresQuotaPool implements Pool {

    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    private static final String LOCK = """
            SELECT b.limit_id, b.since, b.spent, b.leased, b.level, b.at,
                   coalesce(l.units, 0) AS units, coalesce(l.reported, 0) AS reported, %s AS now,
                   (SELECT count(*) FROM gateways WHERE closed_at IS NULL) AS gateways
            FROM unnest(:limits, :sinces) AS k (limit_id, since) JOIN buckets b USING (limit_id, since)
            LEFT JOIN leases l ON l.limit_id = b.limit_id AND l.since = b.since AND l.start_id = :start
            ORDER BY b.limit_id, b.since FOR UPDATE OF b
            """.formatted(NOW);

    private static final String CREATE = """
            INSERT INTO buckets (limit_id, since, kind, level, at)
            SELECT limit_id, since, kind, level, %s FROM unnest(:limits, :sinces, :kinds, :levels) AS k (limit_id, since, kind, level)
            ORDER BY limit_id, since ON CONFLICT DO NOTHING
            """.formatted(NOW);

    private static final String WRITE_BUCKETS = """
            UPDATE buckets b SET spent = k.spent, leased = k.leased, level = k.level, at = k.at
            FROM unnest(:limits, :sinces, :spent, :leased, :levels, :at) AS k (limit_id, since, spent, leased, level, at)
            WHERE b.limit_id = k.limit_id AND b.since = k.since
            """;

    private static final String WRITE_LEASES = """
            INSERT INTO leases (limit_id, since, start_id, units, reported, expires_at)
            SELECT limit_id, since, :start, units, reported, clock_timestamp() + make_interval(secs => :seconds)
            FROM unnest(:limits, :sinces, :units, :reported) AS k (limit_id, since, units, reported)
            ON CONFLICT (limit_id, since, start_id) DO UPDATE
            SET units = excluded.units, reported = excluded.reported, expires_at = excluded.expires_at
            """;

    private final CoreDatabase core;
    private final long start;
    private final PoolClock clock;
    private final Duration term;
    private final PostgresExpiry expiry;

    /**
     * @param clock is told the time at every answer
     * @param term how long a lease lasts without a word from its gateway
     */
    PostgresQuotaPool(CoreDatabase core, Instance instance, PoolClock clock, Duration term) {
        this.core = core;
        this.start = instance.startId();
        this.clock = clock;
        this.term = term;
        this.expiry = new PostgresExpiry(core);
    }

    @Override
    public long now() {
        long now = core.query(
                client -> client.sql("SELECT " + NOW).query(Long.class).single());
        clock.set(now);
        return now;
    }

    @Override
    public Answer carryOut(List<Order> orders) {
        SortedMap<BucketKey, Terms> named = named(orders);
        Optional<Answer> answer = core.transact(client -> tried(client, named, orders));
        if (answer.isEmpty()) {
            core.query(client -> create(client, named.values()));
            answer = core.transact(client -> tried(client, named, orders));
        }
        Answer told = answer.orElseThrow(() -> new IllegalStateException("buckets that were created are gone"));
        clock.set(told.now());
        return told;
    }

    @Override
    public void recall(Collection<BucketKey> buckets) {
        Object[] messages = buckets.stream().map(Recall::message).toArray();
        core.query(
                client -> client.sql("SELECT count(pg_notify(:channel, message)) FROM unnest(:messages) AS m (message)")
                        .param("channel", Recall.CHANNEL)
                        .param("messages", new SqlArrayValue("text", messages))
                        .query(Long.class)
                        .single());
    }

    @Override
    public void renew() {
        core.query(client -> client.sql("""
                        UPDATE leases SET expires_at = clock_timestamp() + make_interval(secs => :seconds)
                        WHERE start_id = :start AND units > 0""")
                .param("start", start)
                .param("seconds", term.toSeconds())
                .update());
    }

    @Override
    public int expire() {
        return expiry.expire();
    }

    private static SortedMap<BucketKey, Terms> named(List<Order> orders) {
        SortedMap<BucketKey, Terms> named = new TreeMap<>();
        for (Order order : orders) {
            switch (order) {
                case Order.Report report -> named.put(report.terms().key(), report.terms());
                case Order.Take take ->
                    take.wants().forEach(want -> named.put(want.terms().key(), want.terms()));
            }
        }
        return named;
    }

    /** Empty, with nothing done, when a bucket does not exist yet. */
    private Optional<Answer> tried(JdbcClient client, SortedMap<BucketKey, Terms> named, List<Order> orders) {
        List<Row> rows = client.sql(LOCK)
                .param("limits", limits(named.keySet()))
                .param("sinces", longs(named.keySet(), BucketKey::since))
                .param("start", start)
                .query((row, _) -> new Row(
                        new BucketKey(row.getObject("limit_id", UUID.class), row.getLong("since")),
                        new Bucket(
                                row.getLong("spent"), row.getLong("leased"), row.getLong("level"), row.getLong("at")),
                        new LeaseRow(row.getLong("units"), row.getLong("reported")),
                        row.getLong("now"),
                        row.getInt("gateways")))
                .list();
        if (rows.size() < named.size()) {
            return Optional.empty();
        }
        Answer answer = desk(rows, named).carryOut(orders);
        write(client, answer.positions());
        return Optional.of(answer);
    }

    private record Row(BucketKey key, Bucket bucket, LeaseRow own, long now, int gateways) {}

    private static Desk desk(List<Row> rows, Map<BucketKey, Terms> named) {
        long now = rows.stream().mapToLong(Row::now).max().orElseThrow();
        Desk desk = new Desk(Math.max(1, rows.getFirst().gateways), now);
        rows.forEach(row -> desk.lay(of(named, row.key), row.bucket, row.own));
        return desk;
    }

    private static Terms of(Map<BucketKey, Terms> named, BucketKey key) {
        Terms terms = named.get(key);
        if (terms == null) {
            throw new IllegalStateException("the bucket " + key + " was not asked for");
        }
        return terms;
    }

    private void write(JdbcClient client, Map<BucketKey, Position> positions) {
        List<Map.Entry<BucketKey, Position>> all = List.copyOf(positions.entrySet());
        List<BucketKey> keys = all.stream().map(Map.Entry::getKey).toList();
        List<Position> told = all.stream().map(Map.Entry::getValue).toList();
        client.sql(WRITE_BUCKETS)
                .param("limits", limits(keys))
                .param("sinces", longs(keys, BucketKey::since))
                .param("spent", longs(told, position -> position.bucket().spent()))
                .param("leased", longs(told, position -> position.bucket().leased()))
                .param("levels", longs(told, position -> position.bucket().level()))
                .param("at", longs(told, position -> position.bucket().at()))
                .update();
        client.sql(WRITE_LEASES)
                .param("limits", limits(keys))
                .param("sinces", longs(keys, BucketKey::since))
                .param("start", start)
                .param("units", longs(told, position -> position.own().units()))
                .param("reported", longs(told, position -> position.own().reported()))
                .param("seconds", term.toSeconds())
                .update();
    }

    private static int create(JdbcClient client, Collection<Terms> missing) {
        List<BucketKey> keys = missing.stream().map(Terms::key).toList();
        return client.sql(CREATE)
                .param("limits", limits(keys))
                .param("sinces", longs(keys, BucketKey::since))
                .param(
                        "kinds",
                        new SqlArrayValue(
                                "text",
                                missing.stream().map(PostgresQuotaPool::kind).toArray()))
                .param(
                        "levels",
                        longs(missing, terms -> Bucket.fresh(terms.rule(), 0).level()))
                .update();
    }

    private static String kind(Terms terms) {
        return switch (terms.rule()) {
            case Rule.Flow _ -> "flow";
            case Rule.Window _ -> "window";
            case Rule.Gauge _ -> "gauge";
        };
    }

    private static SqlArrayValue limits(Collection<BucketKey> keys) {
        return new SqlArrayValue("uuid", keys.stream().map(BucketKey::limit).toArray());
    }

    private static <T> SqlArrayValue longs(Collection<T> rows, Function<T, Long> column) {
        return new SqlArrayValue("bigint", rows.stream().map(column).toArray());
    }
}
