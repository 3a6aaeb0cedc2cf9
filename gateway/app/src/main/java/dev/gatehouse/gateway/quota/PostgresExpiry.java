package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.database.CoreDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends the leases of dead gateways. One counts as dead here once its row in {@code gateways} is closed: then every intent of it has an
 * outcome, and what its requests used is what their outcomes say. In a flow, which refills by itself, all of it counts as used.
 */
final class PostgresExpiry {

    private static final int MOST = 256;

    /** Requests of before the window are counted with it where clocks may differ: rather too much used than too little. */
    private static final long CLOCKS_DIFFER = Duration.ofMinutes(1).toMillis();

    private static final long MICROS = 1_000;
    private static final int TIMESTAMP_SHIFT = 16;

    private static final String FIND = """
            SELECT l.limit_id, l.since, l.start_id, l.units, l.reported, b.kind
            FROM leases l JOIN gateways g USING (start_id) JOIN buckets b USING (limit_id, since)
            WHERE g.closed_at IS NOT NULL AND l.expires_at < clock_timestamp() AND l.units > 0
            ORDER BY l.limit_id, l.since, l.start_id LIMIT :most FOR UPDATE OF b, l
            """;

    /** No row when the limit is gone: then nobody can tell. */
    private static final String USED = """
            SELECT coalesce((
                SELECT sum(CASE l.what
                    WHEN 'requests' THEN 1
                    WHEN 'input_tokens' THEN o.prompt_tokens
                    WHEN 'output_tokens' THEN o.completion_tokens
                    WHEN 'total_tokens' THEN o.prompt_tokens + o.completion_tokens
                    WHEN 'charge' THEN o.charge_nano END)
                FROM intents i JOIN outcomes o ON o.intent = i.id
                WHERE i.start_id = :dead AND i.id >= :first AND (l.model IS NULL OR i.model = l.model)
                  AND CASE l.level
                      WHEN 'organisation' THEN true
                      WHEN 'tenant' THEN i.tenant = l.tenant
                      WHEN 'project' THEN i.project = l.subject
                      WHEN 'key' THEN i.key = l.subject END), 0)
            FROM limits l WHERE l.id = :limit
            """;

    private static final String END_LEASE = """
            UPDATE leases SET units = 0, reported = reported + :used
            WHERE limit_id = :limit AND since = :since AND start_id = :dead
            """;

    private static final String RETURN = """
            UPDATE buckets SET leased = leased - :units, spent = spent + :spent WHERE limit_id = :limit AND since = :since
            """;

    private static final String FORGET =
            "DELETE FROM leases WHERE units = 0 AND expires_at < clock_timestamp() - interval '1 day'";

    /** Buckets of windows that began so long ago that the longest, a quarter, is over; a lease keeps its bucket. */
    private static final String FORGET_WINDOWS = """
            DELETE FROM buckets WHERE (limit_id, since) IN (
                SELECT limit_id, since FROM buckets b
                WHERE kind = 'window' AND since < (extract(epoch FROM clock_timestamp() - interval '190 days') * 1000000)::bigint
                  AND NOT EXISTS (SELECT FROM leases l WHERE l.limit_id = b.limit_id AND l.since = b.since)
                LIMIT 1000)
            """;

    private final CoreDatabase core;

    PostgresExpiry(CoreDatabase core) {
        this.core = core;
    }

    private record Left(UUID limit, long since, long dead, long units, long reported, String kind) {}

    /** @return how many leases ended */
    int expire() {
        int ended = core.transact(PostgresExpiry::endAll);
        core.query(client -> client.sql(FORGET).update());
        core.query(client -> client.sql(FORGET_WINDOWS).update());
        return ended;
    }

    private static int endAll(JdbcClient client) {
        List<Left> all = client.sql(FIND)
                .param("most", MOST)
                .query((row, _) -> new Left(
                        row.getObject("limit_id", UUID.class),
                        row.getLong("since"),
                        row.getLong("start_id"),
                        row.getLong("units"),
                        row.getLong("reported"),
                        row.getString("kind")))
                .list();
        all.forEach(left -> end(client, left));
        return all.size();
    }

    private static void end(JdbcClient client, Left left) {
        long used = switch (left.kind) {
            case "window" -> Math.clamp(used(client, left) - left.reported, 0, left.units);
            case "flow" -> left.units;
            case "gauge" -> 0;
            default -> throw new IllegalStateException("a bucket is no " + left.kind);
        };
        client.sql(END_LEASE)
                .param("used", used)
                .param("limit", left.limit)
                .param("since", left.since)
                .param("dead", left.dead)
                .update();
        client.sql(RETURN)
                .param("units", left.units)
                .param("spent", left.kind.equals("window") ? used : 0)
                .param("limit", left.limit)
                .param("since", left.since)
                .update();
    }

    private static long used(JdbcClient client, Left left) {
        long from = Math.max(0, left.since / MICROS - CLOCKS_DIFFER);
        return client.sql(USED)
                .param("dead", left.dead)
                .param("first", new UUID(from << TIMESTAMP_SHIFT, 0))
                .param("limit", left.limit)
                .query(Long.class)
                .optional()
                .orElse(Long.MAX_VALUE);
    }
}
