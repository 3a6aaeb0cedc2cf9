package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.database.CoreDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** The tables {@code usage_hours} and {@code rollups}. */
@Component
final class PostgresUsageHours implements UsageHours {

    /** One transaction's lock, so that of all gateways one is at it. */
    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('usage_hours'))";

    private static final String NOW = "SELECT now()";

    /** A line's moment is the beginning of its transaction, which takes seconds at most until it can be seen. */
    private static final String CHANGED = """
            SELECT DISTINCT date_trunc('hour', uuid_extract_timestamp(request), 'UTC') FROM ledger
            WHERE recorded_at >= (SELECT seen_to FROM rollups WHERE name = 'usage_hours') - interval '5 minutes'""";

    private static final String FORGET = "DELETE FROM usage_hours WHERE hour = ANY (:hours)";

    private static final String SUM = """
            INSERT INTO usage_hours (hour, tenant, project, key, model, requests, attempts, prompt_tokens, cached_tokens,
                completion_tokens, reasoning_tokens, charge_nano, cost_nano)
            SELECT hour, tenant, project, key, model, count(DISTINCT request), count(*) FILTER (WHERE kind = 'usage'),
                sum(prompt_tokens), sum(cached_tokens), sum(completion_tokens), sum(reasoning_tokens),
                sum(charge_nano), sum(cost_nano)
            FROM unnest(:hours) AS hour
            JOIN ledger ON request >= first_id(hour) AND request < first_id(hour + interval '1 hour')
            GROUP BY hour, tenant, project, key, model""";

    private static final String SEEN = "UPDATE rollups SET seen_to = :now WHERE name = 'usage_hours'";

    private static final String OPEN_MONTHS =
            "SELECT open_ledger(now() + month * interval '1 month') FROM generate_series(0, 3) AS month";

    private final CoreDatabase core;

    PostgresUsageHours(CoreDatabase core) {
        this.core = core;
    }

    @Override
    public int bringUpToDate() {
        return core.transact(client -> client.sql(ALONE).query(Boolean.class).single() ? sum(client) : 0);
    }

    private static int sum(JdbcClient client) {
        OffsetDateTime now = client.sql(NOW).query(OffsetDateTime.class).single();
        List<OffsetDateTime> changed =
                client.sql(CHANGED).query((row, number) -> hour(row)).list();
        SqlArrayValue hours = new SqlArrayValue("timestamptz", changed.toArray());
        if (!changed.isEmpty()) {
            client.sql(FORGET).param("hours", hours).update();
            client.sql(SUM).param("hours", hours).update();
        }
        client.sql(SEEN).param("now", now).update();
        return changed.size();
    }

    private static OffsetDateTime hour(ResultSet row) throws SQLException {
        return row.getObject(1, OffsetDateTime.class);
    }

    @Override
    public void openMonths() {
        core.query(
                client -> client.sql(OPEN_MONTHS).query((row, number) -> number).list());
    }
}
