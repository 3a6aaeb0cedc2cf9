package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.access.RefusedException;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The tables {@code limits} and {@code limit_overrides}, for administrators. */
final class PostgresLimits implements Limits {

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

    private static final String OVERRIDE = """
            INSERT INTO limit_overrides (tenant, limit_id, amount, valid_from, valid_until)
            VALUES (:tenant, :limit, :amount, :from, :until)
            """;

    private final PostgresSight sight;
    private final LimitStates states;

    PostgresLimits(PostgresSight sight, LimitStates states) {
        this.sight = sight;
        this.states = states;
    }

    /** A limit before anybody has looked what is used of it. */
    private record Row(Limit limit, Optional<TenantId> tenant, Instant created, List<StoredLimit.Temporary> overrides) {

        Row with(List<StoredLimit.Temporary> others) {
            return new Row(
                    limit.with(others.stream().map(StoredLimit.Temporary::what).toList()), tenant, created, others);
        }

        /** For the record of acts. */
        Map<String, Object> told() {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("level", limit.level().wire());
            told.put("subject", limit.subject().toString());
            limit.model().ifPresent(name -> told.put("model", name.value()));
            told.put("what", limit.measure().wire());
            limit.period().wire().ifPresent(per -> told.put("per", per));
            told.put("amount", limit.measure().write(limit.amount()));
            limit.soft().ifPresent(percent -> told.put("softPercent", percent));
            told.put("overrides", overrides.stream().map(this::told).toList());
            return told;
        }

        private String told(StoredLimit.Temporary override) {
            return "%s from %s until %s"
                    .formatted(
                            limit.measure().write(override.what().amount()),
                            override.what().from(),
                            override.what().until());
        }
    }

    @Override
    public StoredLimit create(Actor actor, NewLimit wanted) {
        requireOwn(actor, wanted.level());
        Optional<TenantId> owner = owner(actor, wanted);
        try {
            return stored(changing(actor, owner, client -> {
                UUID id = insert(client, owner, wanted);
                Row made = row(client, id).orElseThrow();
                sight.tell(actor, owner, "limit.create", id, Optional.empty(), Optional.of(made.told()));
                return made;
            }));
        } catch (DuplicateKeyException taken) {
            throw new RefusedException(
                    RefusedException.Why.EXISTS,
                    "There is a limit of the same level, subject, model, measure and period: change that one.");
        }
    }

    @Override
    public Optional<StoredLimit> find(Actor actor, UUID id) {
        return sight.read(actor, client -> row(client, id)).map(this::stored);
    }

    @Override
    public Page<StoredLimit> list(Actor actor, Filter filter, Paging paging) {
        List<Row> rows = sight.read(actor, client -> complete(client, listed(client, filter, paging)));
        return Page.of(withStates(rows), paging, stored -> stored.limit().id());
    }

    @Override
    public Optional<StoredLimit> change(Actor actor, UUID id, long amount, OptionalInt soft) {
        return changed(actor, id, "limit.change", (client, before) -> {
            NewLimit.requireAmount(before.limit.period(), before.limit.measure(), amount);
            NewLimit.requireSoft(before.limit.period(), soft);
            return client.sql("UPDATE limits SET amount = :amount, soft_percent = :soft WHERE id = :id")
                    .param("amount", amount)
                    .param("soft", orNull(soft), Types.INTEGER)
                    .param("id", id)
                    .update();
        });
    }

    @Override
    public Optional<StoredLimit> delete(Actor actor, UUID id) {
        return changed(
                actor,
                id,
                "limit.delete",
                (client, _) ->
                        client.sql("DELETE FROM limits WHERE id = ?").param(id).update());
    }

    @Override
    public Optional<StoredLimit> override(Actor actor, UUID id, Limit.Override other) {
        return changed(actor, id, "limit.override", (client, before) -> {
            NewLimit.requireAmount(before.limit.period(), before.limit.measure(), other.amount());
            return client.sql(OVERRIDE)
                    .param("tenant", before.tenant.map(TenantId::value).orElse(null), Types.OTHER)
                    .param("limit", id)
                    .param("amount", other.amount())
                    .param("from", other.from().atOffset(ZoneOffset.UTC))
                    .param("until", other.until().atOffset(ZoneOffset.UTC))
                    .update();
        });
    }

    @Override
    public Optional<StoredLimit> endOverride(Actor actor, UUID id, UUID override) {
        return changed(
                actor,
                id,
                "limit.end-override",
                (client, _) -> client.sql("DELETE FROM limit_overrides WHERE id = ? AND limit_id = ?")
                        .params(override, id)
                        .update());
    }

    /**
     * Tells of the act when something was changed. What is gone is answered as it was.
     *
     * @param change returns how many rows it changed
     */
    private Optional<StoredLimit> changed(Actor actor, UUID id, String what, ToIntBiFunction<JdbcClient, Row> change) {
        Optional<Row> seen = sight.read(actor, client -> row(client, id));
        seen.ifPresent(row -> requireOwn(actor, row.limit.level()));
        return seen.flatMap(row -> changing(actor, row.tenant, client -> {
                    Row before = row(client, id).orElse(row);
                    if (change.applyAsInt(client, before) == 0) {
                        return Optional.<Row>empty();
                    }
                    Optional<Row> after = row(client, id);
                    sight.tell(actor, row.tenant, what, id, Optional.of(before.told()), after.map(Row::told));
                    return Optional.of(after.orElse(before));
                }))
                .map(this::stored);
    }

    private <T> T changing(Actor actor, Optional<TenantId> owner, Function<JdbcClient, T> work) {
        return owner.isPresent() ? sight.change(actor, owner.get(), work) : sight.changeAll(work);
    }

    private static void requireOwn(Actor actor, Level level) {
        if (actor.tenant().isPresent() && (level == Level.ORGANISATION || level == Level.TENANT)) {
            throw new RefusedException(
                    RefusedException.Why.FORBIDDEN,
                    "Only users of the whole installation limit the organisation and its tenants.");
        }
    }

    private Optional<TenantId> owner(Actor actor, NewLimit wanted) {
        return wanted.subject()
                .map(subject -> ownerOf(actor, wanted.level(), subject)
                        .orElseThrow(() -> new RefusedException(
                                RefusedException.Why.MISSING,
                                "subject: there is no such " + wanted.level().wire() + ".")));
    }

    private Optional<TenantId> ownerOf(Actor actor, Level level, UUID subject) {
        return switch (level) {
            case ORGANISATION -> Optional.empty();
            case TENANT ->
                sight.read(
                        actor,
                        client -> client.sql("SELECT id FROM tenants WHERE id = ?")
                                .param(subject)
                                .query(UUID.class)
                                .optional()
                                .map(TenantId::new));
            case PROJECT -> sight.owner(actor, "projects", subject);
            case KEY -> sight.owner(actor, "keys", subject);
        };
    }

    private static UUID insert(JdbcClient client, Optional<TenantId> owner, NewLimit wanted) {
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

    private static @Nullable Integer orNull(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    private static List<Row> listed(JdbcClient client, Filter filter, Paging paging) {
        return client.sql(LIST)
                .param("tenant", filter.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                .param("level", filter.level().map(Level::wire).orElse(null), Types.VARCHAR)
                .param("subject", filter.subject().orElse(null), Types.OTHER)
                .param("model", filter.model().map(ModelName::value).orElse(null), Types.VARCHAR)
                .param("what", filter.measure().map(Measure::wire).orElse(null), Types.VARCHAR)
                .param("after", paging.after().orElse(null), Types.OTHER)
                .param("most", paging.limit() + 1)
                .query((row, _) -> bare(row))
                .list();
    }

    private static Optional<Row> row(JdbcClient client, UUID id) {
        List<Row> found = client.sql(ROWS + "WHERE l.id = ?")
                .param(id)
                .query((row, _) -> bare(row))
                .list();
        return complete(client, found).stream().findFirst();
    }

    private static Row bare(ResultSet row) throws SQLException {
        return new Row(
                PostgresLimitStore.bare(row),
                Optional.ofNullable(row.getObject("tenant", UUID.class)).map(TenantId::new),
                PostgresSight.time(row, "created_at").orElseThrow(),
                List.of());
    }

    private record Told(UUID limit, StoredLimit.Temporary override) {}

    private static List<Row> complete(JdbcClient client, List<Row> rows) {
        Map<UUID, List<StoredLimit.Temporary>> overrides = client
                .sql(OVERRIDES)
                .param(
                        "limits",
                        new SqlArrayValue(
                                "uuid", rows.stream().map(row -> row.limit.id()).toArray()))
                .query((row, _) -> override(row))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Told::limit, Collectors.mapping(Told::override, Collectors.toList())));
        return rows.stream()
                .map(row -> row.with(overrides.getOrDefault(row.limit.id(), List.of())))
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

    private StoredLimit stored(Row row) {
        return withStates(List.of(row)).getFirst();
    }

    private List<StoredLimit> withStates(List<Row> rows) {
        long now = states.now();
        List<Terms> terms = rows.stream().map(row -> row.limit.at(now)).toList();
        Map<BucketKey, Bucket> buckets = states.of(terms);
        return rows.stream()
                .map(row -> new StoredLimit(
                        row.limit, row.tenant, row.created, row.overrides, state(row.limit.at(now), buckets, now)))
                .toList();
    }

    private static LimitState state(Terms terms, Map<BucketKey, Bucket> buckets, long now) {
        Bucket fresh = Bucket.fresh(terms.rule(), now);
        return LimitState.of(terms.rule(), buckets.getOrDefault(terms.key(), fresh), now);
    }
}
