package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.database.CoreDatabase;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Makes the sums of those hours again of which rows were recorded since the last time. A few hours are a transaction, so that also those of a whole
 * history are made by short statements; where it ended is noted once all are.
 */
final class PostgresHourSums {

    /** Hours of a transaction. */
    private static final int STEP = 6;

    /** A transaction's lock, so that of all gateways one is at it. */
    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtext(:name))";

    private static final String BEGIN =
            "SELECT now() AS now, seen_to = '-infinity' AS fresh FROM rollups WHERE name = :name";

    /** A row's moment is the beginning of its transaction, which takes seconds at most until it can be seen. */
    private static final String CHANGED = """
            SELECT DISTINCT date_trunc('hour', uuid_extract_timestamp({id}), 'UTC') FROM {table}
            WHERE recorded_at >= (SELECT seen_to FROM rollups WHERE name = :name) - interval '5 minutes'""";

    /** Every hour that has rows, without reading them all. */
    private static final String EVERY = """
            SELECT hour FROM (SELECT {id} AS first FROM {table} ORDER BY {id} LIMIT 1) oldest,
                generate_series(date_trunc('hour', uuid_extract_timestamp(first), 'UTC'), now() + interval '1 hour', interval '1 hour') AS hour
            WHERE EXISTS (SELECT 1 FROM {table} WHERE {id} >= first_id(hour) AND {id} < first_id(hour + interval '1 hour'))""";

    private static final String SEEN = "UPDATE rollups SET seen_to = :now WHERE name = :name";

    private final CoreDatabase core;
    private final String name;
    private final String table;
    private final String id;
    private final List<String> remake;

    /**
     * Sums of a table.
     *
     * @param name of its row in {@code rollups}
     * @param id the column whose id tells when a request arrived
     * @param remake statements that make the sums of {@code :hours} again
     */
    PostgresHourSums(CoreDatabase core, String name, String table, String id, List<String> remake) {
        this.core = core;
        this.name = name;
        this.table = table;
        this.id = id;
        this.remake = remake;
    }

    /** @param fresh nothing was ever summed up */
    private record Begin(OffsetDateTime now, boolean fresh) {}

    private record Work(OffsetDateTime now, List<OffsetDateTime> hours) {}

    /** @return hours whose sums were made; 0 while another gateway is at it */
    int bringUpToDate() {
        return core.transact(this::begin).map(this::work).orElse(0);
    }

    private Optional<Work> begin(JdbcClient client) {
        if (!alone(client)) {
            return Optional.empty();
        }
        Begin begin = client.sql(BEGIN)
                .param("name", name)
                .query((row, _) -> new Begin(row.getObject("now", OffsetDateTime.class), row.getBoolean("fresh")))
                .single();
        return Optional.of(new Work(begin.now, hours(client, begin.fresh)));
    }

    private boolean alone(JdbcClient client) {
        return client.sql(ALONE).param("name", name).query(Boolean.class).single();
    }

    private List<OffsetDateTime> hours(JdbcClient client, boolean fresh) {
        String sql = (fresh ? EVERY : CHANGED).replace("{id}", id).replace("{table}", table);
        return client.sql(sql)
                .params(fresh ? Map.of() : Map.of("name", name))
                .query((row, _) -> row.getObject(1, OffsetDateTime.class))
                .list();
    }

    private int work(Work work) {
        int done = 0;
        while (done < work.hours.size()) {
            List<OffsetDateTime> some = work.hours.subList(done, Math.min(done + STEP, work.hours.size()));
            if (!core.transact(client -> alone(client) && sum(client, some))) {
                return done;
            }
            done += some.size();
        }
        core.query(client ->
                client.sql(SEEN).param("now", work.now).param("name", name).update());
        return done;
    }

    private boolean sum(JdbcClient client, List<OffsetDateTime> some) {
        SqlArrayValue hours = new SqlArrayValue("timestamptz", some.toArray());
        remake.forEach(sql -> client.sql(sql).param("hours", hours).update());
        return true;
    }
}
