package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Intents that dead gateways left open. A gateway whose lock nobody holds is dead if it was seen so for the whole grace (a living one
 * takes its lock again when PostgreSQL was away), or at once if its name is ours: names are unique, so it is our own predecessor. For
 * one thread.
 */
final class PostgresOrphans {

    private static final int MOST = 1_000;

    private static final String UNHELD = """
            SELECT start_id, name FROM gateways
            WHERE closed_at IS NULL AND start_id <> :own AND start_id NOT IN (
                SELECT classid::bigint << 32 | objid::bigint FROM pg_locks
                WHERE locktype = 'advisory' AND objsubid = 1 AND granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))""";

    /** The lock keeps out a gateway that lives after all: it opens its row again only once it has the lock. */
    private static final String CLOSE = """
            UPDATE gateways SET closed_at = now() WHERE start_id = :dead AND pg_try_advisory_xact_lock(:dead)""";

    private record Start(long id, String name) {}

    private final CoreDatabase database;
    private final Instance own;
    private final NodeSignatures signatures;
    private final Clock clock;
    private final Duration grace;
    private final int window;
    private final Map<Long, Instant> missingSince = new HashMap<>();

    /** Those that may still have a row on its way to the disk. */
    private final Map<Long, PostgresOpenIntents> dying = new TreeMap<>();

    private final Map<Long, PostgresOpenIntents> dead = new TreeMap<>();

    /** @param window intents that one statement looks at */
    PostgresOrphans(
            CoreDatabase database, Instance own, NodeSignatures signatures, Clock clock, Duration grace, int window) {
        this.database = database;
        this.own = own;
        this.signatures = signatures;
        this.clock = clock;
        this.grace = grace;
        this.window = window;
    }

    /** The next ones, at most 1,000; after the last, the first again. Dead gateways that left none are not looked at again. */
    List<Orphan> find() {
        notice(database.query(this::unheld));
        List<PostgresOpenIntents> lap = new ArrayList<>(dying.values());
        lap.addAll(dead.values());
        List<Orphan> found = new ArrayList<>();
        for (PostgresOpenIntents intents : lap) {
            found.addAll(intents.next(MOST - found.size()));
        }
        dead.forEach(this::closeIfClean);
        if (lap.stream().allMatch(PostgresOpenIntents::isOver)) {
            lap.forEach(PostgresOpenIntents::beginLap);
        }
        return found;
    }

    private List<Start> unheld(JdbcClient client) {
        return client.sql(UNHELD)
                .param("own", own.startId())
                .query((row, number) -> new Start(row.getLong(1), row.getString(2)))
                .list();
    }

    private void notice(List<Start> unheld) {
        List<Long> ids = unheld.stream().map(Start::id).toList();
        missingSince.keySet().retainAll(ids);
        dying.keySet().retainAll(ids);
        dead.keySet().retainAll(ids);
        unheld.forEach(this::notice);
    }

    /** A gateway that is certainly dead is read from its first intent on, as rows may have come after what was read before. */
    private void notice(Start start) {
        Instant now = clock.instant();
        Instant since = missingSince.computeIfAbsent(start.id(), id -> now);
        if (!now.isBefore(since.plus(grace))) {
            dying.remove(start.id());
            dead.computeIfAbsent(start.id(), this::intents);
        } else if (start.name().equals(own.name())) {
            dying.computeIfAbsent(start.id(), this::intents);
        }
    }

    private PostgresOpenIntents intents(long start) {
        return new PostgresOpenIntents(database, signatures, start, window);
    }

    private void closeIfClean(long start, PostgresOpenIntents intents) {
        if (intents.isClean()) {
            database.query(client -> client.sql(CLOSE).param("dead", start).update());
        }
    }
}
