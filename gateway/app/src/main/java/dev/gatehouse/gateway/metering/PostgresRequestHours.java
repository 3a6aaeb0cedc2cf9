package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.database.CoreDatabase;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** The tables {@code request_hours}, {@code latency_hours} and {@code rollups}. */
@Component
final class PostgresRequestHours implements RequestHours {

    /** One transaction's lock, so that of all gateways one is at it. */
    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('request_hours'))";

    private static final String NOW = "SELECT now()";

    /** An outcome's moment is the beginning of its transaction, which takes seconds at most until it can be seen. */
    private static final String CHANGED = """
            SELECT DISTINCT date_trunc('hour', uuid_extract_timestamp(intent), 'UTC') FROM outcomes
            WHERE recorded_at >= (SELECT seen_to FROM rollups WHERE name = 'request_hours') - interval '5 minutes'""";

    private static final String FORGET_COUNTS = "DELETE FROM request_hours WHERE hour = ANY (:hours)";
    private static final String FORGET_LATENCIES = "DELETE FROM latency_hours WHERE hour = ANY (:hours)";

    private static final String COUNT = """
            INSERT INTO request_hours (hour, tenant, project, key, model, kind, requests)
            SELECT hour, tenant, project, key, model, kind, count(*)
            FROM unnest(:hours) AS hour JOIN outcomes ON intent >= first_id(hour) AND intent < first_id(hour + interval '1 hour')
            GROUP BY hour, tenant, project, key, model, kind""";

    private static final String MEASURE = """
            INSERT INTO latency_hours (hour, tenant, project, key, model, bucket, requests)
            SELECT hour, tenant, project, key, model, bucket, count(*)
            FROM unnest(:hours) AS hour
            JOIN LATERAL (
                SELECT tenant, project, key, model, floor(%d * ln(greatest(first_token_ms, 1)::float8) / ln(2::float8))::smallint AS bucket FROM outcomes
                WHERE intent >= first_id(hour) AND intent < first_id(hour + interval '1 hour') AND first_token_ms IS NOT NULL) measured ON true
            GROUP BY GROUPING SETS ((hour, tenant, project, key, model, bucket), (hour, tenant, model, bucket), (hour, bucket))""".formatted(LatencySketch.PER_DOUBLING);

    private static final String SEEN = "UPDATE rollups SET seen_to = :now WHERE name = 'request_hours'";

    private final CoreDatabase core;

    PostgresRequestHours(CoreDatabase core) {
        this.core = core;
    }

    @Override
    public int bringUpToDate() {
        return core.transact(client -> client.sql(ALONE).query(Boolean.class).single() ? count(client) : 0);
    }

    private static int count(JdbcClient client) {
        OffsetDateTime now = client.sql(NOW).query(OffsetDateTime.class).single();
        List<OffsetDateTime> changed = client.sql(CHANGED)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class))
                .list();
        SqlArrayValue hours = new SqlArrayValue("timestamptz", changed.toArray());
        if (!changed.isEmpty()) {
            List.of(FORGET_COUNTS, FORGET_LATENCIES, COUNT, MEASURE)
                    .forEach(sql -> client.sql(sql).param("hours", hours).update());
        }
        client.sql(SEEN).param("now", now).update();
        return changed.size();
    }
}
