package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables {@code limits} and {@code limit_overrides}; the calendar is the tenant's. */
final class PostgresLimitStore implements LimitStore {

    private static final Logger log = LoggerFactory.getLogger(PostgresLimitStore.class);

    private static final String ALL = """
            SELECT l.id, l.level, coalesce(l.subject, l.tenant) AS subject, l.model, l.what, l.per, l.amount, l.soft_percent,
                   t.time_zone, o.amount AS other, o.valid_from, o.valid_until
            FROM limits l LEFT JOIN tenants t ON t.id = l.tenant
            LEFT JOIN limit_overrides o ON o.limit_id = l.id AND o.valid_until > now()
            ORDER BY l.id, o.created_at, o.id
            """;

    private static final UUID NOBODY = new UUID(0, 0);

    private final CoreDatabase core;

    PostgresLimitStore(CoreDatabase core) {
        this.core = core;
    }

    @Override
    public List<Limit> all() {
        Map<UUID, Limit> limits = new LinkedHashMap<>();
        core.query(client -> client.sql(ALL).query((row, _) -> limit(row)).list())
                .forEach(limit -> limits.merge(limit.id(), limit, PostgresLimitStore::joined));
        return List.copyOf(limits.values());
    }

    private static Limit joined(Limit one, Limit other) {
        List<Limit.Override> overrides = new ArrayList<>(one.overrides());
        overrides.addAll(other.overrides());
        return one.with(overrides);
    }

    private static Limit limit(ResultSet row) throws SQLException {
        return bare(row).with(overrides(row));
    }

    /** The limit of a row, without overrides. */
    static Limit bare(ResultSet row) throws SQLException {
        int soft = row.getInt("soft_percent");
        OptionalInt percent = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(soft);
        UUID subject = row.getObject("subject", UUID.class);
        return new Limit(
                row.getObject("id", UUID.class),
                Level.valueOf(upper(row.getString("level"))),
                subject == null ? NOBODY : subject,
                Optional.ofNullable(row.getString("model")).map(ModelName::new),
                Measure.valueOf(upper(row.getString("what"))),
                row.getString("per") == null ? Period.NONE : Period.valueOf(upper(row.getString("per"))),
                row.getLong("amount"),
                percent,
                zone(row.getString("time_zone")),
                List.of());
    }

    private static List<Limit.Override> overrides(ResultSet row) throws SQLException {
        OffsetDateTime from = row.getObject("valid_from", OffsetDateTime.class);
        return from == null
                ? List.of()
                : List.of(new Limit.Override(
                        row.getLong("other"),
                        from.toInstant(),
                        row.getObject("valid_until", OffsetDateTime.class).toInstant()));
    }

    /** UTC where the name is none that is known here. */
    static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            log.error("The time zone {} of a tenant is not known here: its periods begin by UTC", name);
            return ZoneOffset.UTC;
        }
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
