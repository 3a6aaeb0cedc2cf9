package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Role;
import dev.gatehouse.gateway.metering.Traffic.SeriesPoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One series, in the transaction of its client: counts, latencies and use are read each by itself and put together. */
final class PostgresSeries {

    private static final String AT_REQUEST =
            "date_bin(:seconds * interval '1 second', uuid_extract_timestamp(%s), 'epoch') AS at";
    private static final String AT_HOUR = "date_bin(:seconds * interval '1 second', hour, 'epoch') AS at";

    private static final String COUNTS = "SELECT " + AT_REQUEST.formatted("o.intent") + """
            , count(*) AS requests, count(*) FILTER (WHERE o.kind = 'failed') AS failed,
                percentile_disc(0.5) WITHIN GROUP (ORDER BY o.first_token_ms) AS p50,
                percentile_disc(0.95) WITHIN GROUP (ORDER BY o.first_token_ms) AS p95
            FROM outcomes o WHERE %s GROUP BY 1""";

    private static final String USE = "SELECT " + AT_REQUEST.formatted("request") + """
            , sum(completion_tokens) AS output, sum(charge_nano) AS charge, sum(cost_nano) AS cost
            FROM ledger WHERE %s GROUP BY 1""";

    private static final String COUNTS_BY_HOURS = "SELECT " + AT_HOUR + """
            , sum(requests) AS requests, coalesce(sum(requests) FILTER (WHERE kind = 'failed'), 0) AS failed
            FROM request_hours WHERE %s GROUP BY 1""";

    private static final String USE_BY_HOURS = "SELECT " + AT_HOUR + """
            , sum(completion_tokens) AS output, sum(charge_nano) AS charge, sum(cost_nano) AS cost
            FROM usage_hours WHERE %s GROUP BY 1""";

    /** A quantile is the first bucket up to which there are enough. */
    private static final String LATENCIES_BY_HOURS = """
            SELECT at, min(bucket) FILTER (WHERE upto >= 0.5 * every) AS p50, min(bucket) FILTER (WHERE upto >= 0.95 * every) AS p95
            FROM (SELECT at, bucket, sum(requests) OVER (PARTITION BY at ORDER BY bucket) AS upto, sum(requests) OVER (PARTITION BY at) AS every
                FROM (SELECT\s""" + AT_HOUR + """
            , bucket, sum(requests) AS requests FROM latency_hours WHERE %s GROUP BY 1, bucket) part) summed
            GROUP BY at""";

    private final JdbcClient client;
    private final Actor actor;
    private final Requests.Filter filter;
    private final Buckets parts;
    private final Map<Long, Part> found = new HashMap<>();

    PostgresSeries(JdbcClient client, Actor actor, Requests.Filter filter, Buckets parts) {
        this.client = client;
        this.actor = actor;
        this.filter = filter;
        this.parts = parts;
    }

    private static final class Part {
        private long requests;
        private long failed;
        private Optional<Double> p50 = Optional.empty();
        private Optional<Double> p95 = Optional.empty();
        private long output;
        private long charge;
        private long cost;

        private SeriesPoint at(Instant begin) {
            return new SeriesPoint(begin, requests, failed, p50, p95, output, charge, cost);
        }
    }

    /** By the requests themselves. */
    Traffic.Series single() {
        readSingle();
        return points();
    }

    /** By the sums of the hours. */
    Traffic.Series byHours() {
        readHours();
        return points();
    }

    /** The first part alone. */
    SeriesPoint whole(boolean single) {
        if (single) {
            readSingle();
        } else {
            readHours();
        }
        return points().buckets().getFirst();
    }

    private Traffic.Series points() {
        List<SeriesPoint> points = parts.begins().stream()
                .map(begin ->
                        found.getOrDefault(begin.getEpochSecond(), new Part()).at(begin))
                .toList();
        return new Traffic.Series(parts.seconds(), points);
    }

    private void readSingle() {
        read(PostgresFilter.ofOutcomes(actor, filter), COUNTS, row -> {
            Part part = part(row);
            part.requests = row.getLong("requests");
            part.failed = row.getLong("failed");
            part.p50 = Optional.ofNullable(row.getObject("p50", Float.class)).map(Float::doubleValue);
            part.p95 = Optional.ofNullable(row.getObject("p95", Float.class)).map(Float::doubleValue);
        });
        readUse(PostgresFilter.ofLedger(actor, filter), USE);
    }

    private void readHours() {
        read(PostgresFilter.ofHours(actor, filter), COUNTS_BY_HOURS, row -> {
            Part part = part(row);
            part.requests = row.getLong("requests");
            part.failed = row.getLong("failed");
        });
        read(latencies(), LATENCIES_BY_HOURS, row -> {
            Part part = part(row);
            part.p50 = Optional.of(LatencySketch.value(row.getInt("p50")));
            part.p95 = Optional.of(LatencySketch.value(row.getInt("p95")));
        });
        readUse(PostgresFilter.ofHours(actor, filter), USE_BY_HOURS);
    }

    private void readUse(PostgresFilter wanted, String sql) {
        read(wanted, sql, row -> {
            Part part = part(row);
            part.output = row.getLong("output");
            part.charge = row.getLong("charge");
            part.cost = row.getLong("cost");
        });
    }

    /** The widest sums that answer; a developer, who sees the own keys alone, has only those of keys. */
    private PostgresFilter latencies() {
        Requests.Whose whose = filter.whose();
        if (whose.project().isPresent() || whose.key().isPresent() || actor.role() == Role.DEVELOPER) {
            return PostgresFilter.ofHours(actor, filter).and("key IS NOT NULL");
        }
        if (whose.tenant().or(actor::tenant).isPresent() || whose.model().isPresent()) {
            return PostgresFilter.ofHours(actor, filter).and("tenant IS NOT NULL AND key IS NULL");
        }
        return PostgresFilter.ofTime(filter).and("tenant IS NULL");
    }

    private void read(PostgresFilter wanted, String sql, RowCallbackHandler row) {
        wanted.in(client, sql).param("seconds", parts.seconds()).query(row);
    }

    private Part part(ResultSet row) throws SQLException {
        long begin = row.getObject("at", OffsetDateTime.class).toEpochSecond();
        return found.computeIfAbsent(begin, _ -> new Part());
    }
}
