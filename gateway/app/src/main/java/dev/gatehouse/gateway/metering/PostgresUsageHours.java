package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.database.CoreDatabase;
import java.util.List;
import org.springframework.stereotype.Component;

/** The tables {@code usage_hours} and {@code rollups}. */
@Component
final class PostgresUsageHours implements UsageHours {

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

    private static final String OPEN_MONTHS =
            "SELECT open_ledger(now() + month * interval '1 month') FROM generate_series(0, 3) AS month";

    private final CoreDatabase core;
    private final PostgresHourSums sums;

    PostgresUsageHours(CoreDatabase core) {
        this.core = core;
        this.sums = new PostgresHourSums(core, "usage_hours", "ledger", "request", List.of(FORGET, SUM));
    }

    @Override
    public int bringUpToDate() {
        return sums.bringUpToDate();
    }

    @Override
    public void openMonths() {
        core.query(
                client -> client.sql(OPEN_MONTHS).query((row, number) -> number).list());
    }
}
