package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The intents of one dead gateway that have no outcome, read lap by lap. A gateway writes tens of millions of intents a day and leaves
 * a few open, so a lap goes over them in windows, and the next lap begins where the first open one was seen. For one thread.
 */
final class PostgresOpenIntents {

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private static final String WINDOW_END = """
            SELECT id FROM intents WHERE (start_id, id) > (:start, :after) AND (start_id, id) <= (:start, :end)
            ORDER BY start_id, id OFFSET :window - 1 LIMIT 1""";

    /**
     * Pairs are compared so that only the index of pairs serves: one of ids alone would lead through the rows of all other gateways. A
     * scalar subquery costs one look into the index for each row of the window: an anti-join may be planned over all outcomes.
     */
    private static final String OPEN = """
            SELECT id, tenant, project, key, model, dialect FROM intents
            WHERE (start_id, id) > (:start, :after) AND (start_id, id) <= (:start, :end)
              AND (SELECT intent FROM outcomes WHERE intent = id) IS NULL
            ORDER BY start_id, id LIMIT :most""";

    private final CoreDatabase database;
    private final NodeSignatures signatures;
    private final long startId;
    private final int window;

    /** Up to here every intent has an outcome. */
    private UUID settled = FIRST;

    private UUID after = FIRST;
    private boolean sawOpen;
    private boolean over;

    /** @param window intents that one statement looks at */
    PostgresOpenIntents(CoreDatabase database, NodeSignatures signatures, long startId, int window) {
        this.database = database;
        this.signatures = signatures;
        this.startId = startId;
        this.window = window;
    }

    /** The next ones of this lap, oldest first; fewer than {@code most} when it is over. */
    List<Orphan> next(int most) {
        List<Orphan> found = new ArrayList<>();
        while (!over && found.size() < most) {
            found.addAll(look(most - found.size()));
        }
        return found;
    }

    boolean isOver() {
        return over;
    }

    /** The lap is over and found none open. */
    boolean isClean() {
        return over && !sawOpen;
    }

    void beginLap() {
        after = settled;
        sawOpen = false;
        over = false;
    }

    private List<Orphan> look(int most) {
        Optional<UUID> end = database.query(this::windowEnd);
        List<Orphan> open = database.query(client -> open(client, end.orElse(LAST), most));
        sawOpen |= !open.isEmpty();
        if (open.size() == most) {
            after = open.getLast().ticket().intent().value();
        } else if (end.isPresent()) {
            after = end.get();
        } else {
            over = true;
        }
        if (!sawOpen) {
            settled = after;
        }
        return open;
    }

    private Optional<UUID> windowEnd(JdbcClient client) {
        return client.sql(WINDOW_END)
                .param("start", startId)
                .param("after", after)
                .param("end", LAST)
                .param("window", window)
                .query(UUID.class)
                .optional();
    }

    private List<Orphan> open(JdbcClient client, UUID end, int most) {
        return client.sql(OPEN)
                .param("start", startId)
                .param("after", after)
                .param("end", end)
                .param("most", most)
                .query((row, number) -> orphan(row))
                .list();
    }

    private Orphan orphan(ResultSet row) throws SQLException {
        Caller caller = new Caller(
                new TenantId(row.getObject(2, UUID.class)),
                new ProjectId(row.getObject(3, UUID.class)),
                new KeyId(row.getObject(4, UUID.class)));
        IntentId intent = new IntentId(row.getObject(1, UUID.class));
        return new Orphan(
                new DurableTicket(intent, signatures),
                caller,
                new ModelName(row.getString(5)),
                Dialect.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                startId);
    }
}
