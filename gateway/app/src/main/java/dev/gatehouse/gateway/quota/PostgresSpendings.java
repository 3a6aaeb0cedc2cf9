package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.database.OpenTransaction;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code buckets} as the books see it. */
final class PostgresSpendings implements Spendings {

    /** A limit that was made after the request never counted it. */
    private static final String CORRECT = """
            INSERT INTO buckets (limit_id, since, kind, spent, at)
            SELECT :limit, :since, 'window', greatest(0, :units), (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
            WHERE NOT EXISTS (SELECT 1 FROM limits WHERE id = :limit AND created_at > :arrived)
            ON CONFLICT (limit_id, since) DO UPDATE SET spent = greatest(0, buckets.spent + :units)
            """;

    private static final String BUDGETS = """
            SELECT l.id, l.level, l.tenant, l.subject, l.model, l.per, l.created_at, coalesce(t.time_zone, 'UTC') AS time_zone,
                   b.since, b.spent, b.leased
            FROM limits l JOIN buckets b ON b.limit_id = l.id LEFT JOIN tenants t ON t.id = l.tenant
            WHERE l.what = 'charge' AND b.kind = 'window' AND b.since < :until
            ORDER BY l.id, b.since
            """;

    private final OpenTransaction transaction;
    private final Supplier<LimitBook> book;

    PostgresSpendings(OpenTransaction transaction, Supplier<LimitBook> book) {
        this.transaction = transaction;
        this.book = book;
    }

    /** In the order of the buckets, as every other transaction locks them. */
    @Override
    public void correct(Caller caller, ModelName model, Instant arrived, long input, long output, long charge) {
        Amounts more = new Amounts(0, input, output, 0, charge);
        for (Terms terms : book.get().at(caller, model, micros(arrived))) {
            long units = more.of(terms.limit().measure());
            if (units != 0 && terms.rule() instanceof Rule.Window) {
                transaction.join(client -> correct(client, terms.key(), units, arrived));
            }
        }
    }

    private static int correct(JdbcClient client, BucketKey key, long units, Instant arrived) {
        return client.sql(CORRECT)
                .param("limit", key.limit())
                .param("since", key.since())
                .param("units", units)
                .param("arrived", Timestamp.from(arrived))
                .update();
    }

    @Override
    public List<Budget> budgets(Instant from, Instant until) {
        return transaction.join(client ->
                client.sql(BUDGETS).param("until", micros(until)).query((row, _) -> budget(row)).list().stream()
                        .filter(budget -> budget.until().isAfter(from))
                        .toList());
    }

    private static Budget budget(ResultSet row) throws SQLException {
        Instant begin = Instant.EPOCH.plus(row.getLong("since"), ChronoUnit.MICROS);
        Instant made = row.getTimestamp("created_at").toInstant();
        ZonedDateTime since = begin.atZone(PostgresLimitStore.zone(row.getString("time_zone")));
        Period period = Period.valueOf(row.getString("per").toUpperCase(Locale.ROOT));
        return new Budget(
                row.getObject("id", UUID.class),
                row.getString("level"),
                Optional.ofNullable(row.getObject("tenant", UUID.class)).map(TenantId::new),
                Optional.ofNullable(row.getObject("subject", UUID.class)),
                Optional.ofNullable(row.getString("model")).map(ModelName::new),
                made.isAfter(begin) ? made : begin,
                period.end(since).toInstant(),
                row.getLong("spent"),
                row.getLong("leased"));
    }

    private static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }
}
