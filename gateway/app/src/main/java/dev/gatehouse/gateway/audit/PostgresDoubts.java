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
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Outcomes that are not exact, read lap by lap. For one thread. */
final class PostgresDoubts {

    private static final int MOST = 1_000;
    private static final UUID FIRST = new UUID(0, 0);

    /** A node keeps its records for 24 hours; an hour less leaves room for clocks that differ. */
    private static final String NEXT = """
            SELECT o.intent, o.tenant, o.project, o.key, o.model, o.dialect, i.start_id, o.kind = 'unknown' AS blind
            FROM outcomes o JOIN intents i ON i.id = o.intent
            WHERE NOT o.exact AND o.intent > :after AND o.intent >= first_id(now() - interval '23 hours')
              AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.request = o.intent)
            ORDER BY o.intent LIMIT :most""";

    private final CoreDatabase database;
    private final NodeSignatures signatures;
    private UUID after = FIRST;

    PostgresDoubts(CoreDatabase database, NodeSignatures signatures) {
        this.database = database;
        this.signatures = signatures;
    }

    List<Doubt> next() {
        List<Doubt> found = database.query(client -> client.sql(NEXT)
                .param("after", after)
                .param("most", MOST)
                .query((row, _) -> doubt(row))
                .list());
        after = found.size() < MOST
                ? FIRST
                : found.getLast().request().ticket().intent().value();
        return found;
    }

    private Doubt doubt(ResultSet row) throws SQLException {
        Caller caller = new Caller(
                new TenantId(row.getObject("tenant", UUID.class)),
                new ProjectId(row.getObject("project", UUID.class)),
                new KeyId(row.getObject("key", UUID.class)));
        Ticket ticket = new DurableTicket(new IntentId(row.getObject("intent", UUID.class)), signatures);
        return new Doubt(
                new Orphan(
                        ticket,
                        caller,
                        new ModelName(row.getString("model")),
                        Dialect.valueOf(row.getString("dialect").toUpperCase(Locale.ROOT)),
                        row.getLong("start_id")),
                row.getBoolean("blind"));
    }
}
