package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.database.CoreDatabase;
import java.util.List;
import org.springframework.stereotype.Component;

/** The tables {@code request_hours}, {@code latency_hours}, {@code node_hours} and {@code rollups}. */
@Component
final class PostgresRequestHours implements RequestHours {

    private static final String FORGET_COUNTS = "DELETE FROM request_hours WHERE hour = ANY (:hours)";
    private static final String FORGET_LATENCIES = "DELETE FROM latency_hours WHERE hour = ANY (:hours)";

    private static final String COUNT = """
            INSERT INTO request_hours (hour, tenant, project, key, model, dialect, kind, requests)
            SELECT hour, tenant, project, key, model, dialect, kind, count(*)
            FROM unnest(:hours) AS hour JOIN outcomes ON intent >= first_id(hour) AND intent < first_id(hour + interval '1 hour')
            GROUP BY hour, tenant, project, key, model, dialect, kind""";

    private static final String MEASURE = """
            INSERT INTO latency_hours (hour, tenant, project, key, model, bucket, requests)
            SELECT hour, tenant, project, key, model, bucket, count(*)
            FROM unnest(:hours) AS hour
            JOIN LATERAL (
                SELECT tenant, project, key, model, floor(%d * ln(greatest(first_token_ms, 1)::float8) / ln(2::float8))::smallint AS bucket FROM outcomes
                WHERE intent >= first_id(hour) AND intent < first_id(hour + interval '1 hour') AND first_token_ms IS NOT NULL) measured ON true
            GROUP BY GROUPING SETS ((hour, tenant, project, key, model, bucket), (hour, tenant, model, bucket), (hour, bucket))""".formatted(LatencySketch.PER_DOUBLING);

    private static final String FORGET_NODES = "DELETE FROM node_hours WHERE hour = ANY (:hours)";

    /** An outcome is written before, or with, the first line of its request. */
    private static final String COUNT_BY_NODE = """
            INSERT INTO node_hours (hour, tenant, project, key, model, dialect, kind, node, requests)
            SELECT hour, o.tenant, o.project, o.key, o.model, o.dialect, o.kind, l.node, count(DISTINCT l.request)
            FROM unnest(:hours) AS hour
            JOIN ledger l ON l.request >= first_id(hour) AND l.request < first_id(hour + interval '1 hour')
            JOIN outcomes o ON o.intent = l.request
            GROUP BY hour, o.tenant, o.project, o.key, o.model, o.dialect, o.kind, l.node""";

    private final PostgresHourSums ofOutcomes;
    private final PostgresHourSums ofLines;

    PostgresRequestHours(CoreDatabase core) {
        ofOutcomes = new PostgresHourSums(
                core, "request_hours", "outcomes", "intent", List.of(FORGET_COUNTS, FORGET_LATENCIES, COUNT, MEASURE));
        ofLines = new PostgresHourSums(core, "node_hours", "ledger", "request", List.of(FORGET_NODES, COUNT_BY_NODE));
    }

    @Override
    public int bringUpToDate() {
        return ofOutcomes.bringUpToDate() + ofLines.bringUpToDate();
    }
}
