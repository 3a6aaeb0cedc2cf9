package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.Instance;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Intents that dead gateways left open. A gateway whose lock nobody holds is dead if it was seen so for the whole grace (a living one
 * takes its lock again when PostgreSQL was away), or at once if its name is ours: names are unique, so it is our own predecessor.
 */
final class PostgresOrphans {

    private static final int MOST = 1_000;

    private static final String UNHELD = """
            SELECT start_id, name FROM gateways
            WHERE closed_at IS NULL AND start_id <> :own AND start_id NOT IN (
                SELECT classid::bigint << 32 | objid::bigint FROM pg_locks
                WHERE locktype = 'advisory' AND objsubid = 1 AND granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))""";

    private static final String OPEN = """
            SELECT id, tenant, project, key, model FROM intents
            WHERE start_id = ANY (:dead) AND NOT EXISTS (SELECT FROM outcomes WHERE intent = id)
            ORDER BY id LIMIT :most""";

    private static final String CLOSE = """
            UPDATE gateways SET closed_at = now()
            WHERE start_id = ANY (:dead) AND NOT EXISTS (
                SELECT FROM intents i
                WHERE i.start_id = gateways.start_id AND NOT EXISTS (SELECT FROM outcomes WHERE intent = i.id))""";

    private record Start(long id, String name) {}

    /** Those of {@code shown} may still have a row on its way to the disk; those of {@code closable} surely not. */
    private record Dead(Long[] shown, Long[] closable) {}

    private final CoreDatabase database;
    private final Instance own;
    private final NodeSignatures signatures;
    private final Clock clock;
    private final Duration grace;
    private final Map<Long, Instant> missingSince = new HashMap<>();

    PostgresOrphans(CoreDatabase database, Instance own, NodeSignatures signatures, Clock clock, Duration grace) {
        this.database = database;
        this.own = own;
        this.signatures = signatures;
        this.clock = clock;
        this.grace = grace;
    }

    /** Oldest first, at most 1,000. Dead gateways that left none are not looked at again. */
    List<Orphan> find() {
        Dead dead = dead(database.query(this::unheld));
        if (dead.shown().length == 0) {
            return List.of();
        }
        List<Orphan> open = database.query(client -> open(client, dead.shown()));
        if (open.isEmpty() && dead.closable().length > 0) {
            database.query(
                    client -> client.sql(CLOSE).param("dead", dead.closable()).update());
        }
        return open;
    }

    private List<Start> unheld(JdbcClient client) {
        return client.sql(UNHELD)
                .param("own", own.startId())
                .query((row, number) -> new Start(row.getLong(1), row.getString(2)))
                .list();
    }

    private synchronized Dead dead(List<Start> unheld) {
        Instant now = clock.instant();
        List<Long> shown = new ArrayList<>();
        List<Long> closable = new ArrayList<>();
        for (Start start : unheld) {
            Instant since = missingSince.computeIfAbsent(start.id(), id -> now);
            if (!now.isBefore(since.plus(grace))) {
                shown.add(start.id());
                closable.add(start.id());
            } else if (start.name().equals(own.name())) {
                shown.add(start.id());
            }
        }
        missingSince.keySet().retainAll(unheld.stream().map(Start::id).toList());
        return new Dead(shown.toArray(Long[]::new), closable.toArray(Long[]::new));
    }

    private List<Orphan> open(JdbcClient client, Long[] dead) {
        return client.sql(OPEN)
                .param("dead", dead)
                .param("most", MOST)
                .query((row, number) -> orphan(row))
                .list();
    }

    private Orphan orphan(ResultSet row) throws SQLException {
        Caller caller = new Caller(
                new TenantId(row.getObject(2, UUID.class)),
                new ProjectId(row.getObject(3, UUID.class)),
                new KeyId(row.getObject(4, UUID.class)));
        IntentId intent = new IntentId(row.getObject(1, UUID.class));
        return new Orphan(new DurableTicket(intent, signatures), caller, new ModelName(row.getString(5)));
    }
}
