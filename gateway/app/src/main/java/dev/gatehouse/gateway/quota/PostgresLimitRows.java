package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** Rows of the tables {@code limits} and {@code limit_overrides}, as whoever runs the transaction may see them. */
final class PostgresLimitRows {

    private static final String ROWS = """
            SELECT l.id, l.tenant, l.level, coalesce(l.subject, l.tenant) AS subject, l.model, l.what, l.per, l.amount, l.soft_percent,
                   l.created_at, t.time_zone
            FROM limits l LEFT JOIN tenants t ON t.id = l.tenant
            """;

    private static final String LIST = ROWS + """
            WHERE (:tenant::uuid IS NULL OR l.tenant = :tenant)
              AND (:level::text IS NULL OR l.level = :level)
              AND (:subject::uuid IS NULL OR coalesce(l.subject, l.tenant) = :subject)
              AND (:model::text IS NULL OR l.model = :model)
              AND (:what::text IS NULL OR l.what = :what)
              AND (:after::uuid IS NULL OR l.id > :after)
            ORDER BY l.id LIMIT :most
            """;

    private static final String OVERRIDES = """
            SELECT id, limit_id, amount, valid_from, valid_until FROM limit_overrides
            WHERE limit_id = ANY (:limits) AND valid_until > now() ORDER BY created_at, id
            """;

    private static final String INSERT = """
            INSERT INTO limits (tenant, level, subject, model, what, per, amount, soft_percent)
            VALUES (:tenant, :level, :subject, :model, :what, :per, :amount, :soft) RETURNING id
            """;

    private PostgresLimitRows() {}

    /** @return the id of the new limit */
    static UUID insert(JdbcClient client, Optional<TenantId> owner, NewLimit wanted) {
        Optional<UUID> subject = wanted.level() == Level.TENANT ? Optional.empty() : wanted.subject();
        return client.sql(INSERT)
                .param("tenant", owner.map(TenantId::value).orElse(null), Types.OTHER)
                .param("level", wanted.level().wire())
                .param("subject", subject.orElse(null), Types.OTHER)
                .param("model", wanted.model().map(ModelName::value).orElse(null), Types.VARCHAR)
                .param("what", wanted.measure().wire())
                .param("per", wanted.period().wire().orElse(null), Types.VARCHAR)
                .param("amount", wanted.amount())
                .param("soft", orNull(wanted.soft()), Types.INTEGER)
                .query(UUID.class)
                .single();
    }

    static @Nullable Integer orNull(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    /** One more than the page holds, if there are. */
    static List<LimitRow> listed(JdbcClient client, Limits.Filter filter, Paging paging) {
        return complete(
                client,
                client.sql(LIST)
                        .param("tenant", filter.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                        .param("level", filter.level().map(Level::wire).orElse(null), Types.VARCHAR)
                        .param("subject", filter.subject().orElse(null), Types.OTHER)
                        .param("model", filter.model().map(ModelName::value).orElse(null), Types.VARCHAR)
                        .param("what", filter.measure().map(Measure::wire).orElse(null), Types.VARCHAR)
                        .param("after", paging.after().orElse(null), Types.OTHER)
                        .param("most", paging.limit() + 1)
                        .query((row, _) -> bare(row))
                        .list());
    }

    static Optional<LimitRow> row(JdbcClient client, UUID id) {
        List<LimitRow> found = client.sql(ROWS + "WHERE l.id = ?")
                .param(id)
                .query((row, _) -> bare(row))
                .list();
        return complete(client, found).stream().findFirst();
    }

    private static LimitRow bare(ResultSet row) throws SQLException {
        return new LimitRow(
                PostgresLimitStore.bare(row),
                Optional.ofNullable(row.getObject("tenant", UUID.class)).map(TenantId::new),
                PostgresSight.time(row, "created_at").orElseThrow(),
                List.of());
    }

    private record Told(UUID limit, StoredLimit.Temporary override) {}

    private static List<LimitRow> complete(JdbcClient client, List<LimitRow> rows) {
        Map<UUID, List<StoredLimit.Temporary>> overrides = client
                .sql(OVERRIDES)
                .param(
                        "limits",
                        new SqlArrayValue(
                                "uuid",
                                rows.stream().map(row -> row.limit().id()).toArray()))
                .query((row, _) -> override(row))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Told::limit, Collectors.mapping(Told::override, Collectors.toList())));
        return rows.stream()
                .map(row -> row.with(overrides.getOrDefault(row.limit().id(), List.of())))
                .toList();
    }

    private static Told override(ResultSet row) throws SQLException {
        return new Told(
                row.getObject("limit_id", UUID.class),
                new StoredLimit.Temporary(
                        row.getObject("id", UUID.class),
                        new Limit.Override(
                                row.getLong("amount"),
                                PostgresSight.time(row, "valid_from").orElseThrow(),
                                PostgresSight.time(row, "valid_until").orElseThrow())));
    }
}
