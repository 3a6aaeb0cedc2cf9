package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.access.RefusedException;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code limits} and {@code limit_overrides}, for administrators. */
final class PostgresLimits implements Limits {

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

    @Override
    public StoredLimit create(Actor actor, NewLimit wanted) {
        requireOwn(actor, wanted.level());
        Optional<TenantId> owner = owner(actor, wanted);
        try {
            return stored(changing(actor, owner, client -> {
                UUID id = PostgresLimitRows.insert(client, owner, wanted);
                LimitRow made = PostgresLimitRows.row(client, id).orElseThrow();
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
        return sight.read(actor, client -> PostgresLimitRows.row(client, id)).map(this::stored);
    }

    @Override
    public Page<StoredLimit> list(Actor actor, Filter filter, Paging paging) {
        List<LimitRow> rows = sight.read(actor, client -> PostgresLimitRows.listed(client, filter, paging));
        return Page.of(withStates(rows), paging, stored -> stored.limit().id());
    }

    @Override
    public Optional<StoredLimit> change(Actor actor, UUID id, long amount, OptionalInt soft) {
        return changed(actor, id, "limit.change", (client, before) -> {
            NewLimit.requireAmount(before.limit().period(), before.limit().measure(), amount);
            NewLimit.requireSoft(before.limit().period(), soft);
            return client.sql("UPDATE limits SET amount = :amount, soft_percent = :soft WHERE id = :id")
                    .param("amount", amount)
                    .param("soft", PostgresLimitRows.orNull(soft), Types.INTEGER)
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
            NewLimit.requireAmount(before.limit().period(), before.limit().measure(), other.amount());
            return client.sql(OVERRIDE)
                    .param("tenant", before.tenant().map(TenantId::value).orElse(null), Types.OTHER)
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
    private Optional<StoredLimit> changed(
            Actor actor, UUID id, String what, ToIntBiFunction<JdbcClient, LimitRow> change) {
        Optional<LimitRow> seen = sight.read(actor, client -> PostgresLimitRows.row(client, id));
        seen.ifPresent(row -> requireOwn(actor, row.limit().level()));
        return seen.flatMap(row -> changing(actor, row.tenant(), client -> {
                    LimitRow before = PostgresLimitRows.row(client, id).orElse(row);
                    if (change.applyAsInt(client, before) == 0) {
                        return Optional.<LimitRow>empty();
                    }
                    Optional<LimitRow> after = PostgresLimitRows.row(client, id);
                    sight.tell(actor, row.tenant(), what, id, Optional.of(before.told()), after.map(LimitRow::told));
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

    private StoredLimit stored(LimitRow row) {
        return withStates(List.of(row)).getFirst();
    }

    private List<StoredLimit> withStates(List<LimitRow> rows) {
        long now = states.now();
        List<Terms> terms = rows.stream().map(row -> row.limit().at(now)).toList();
        Map<BucketKey, Bucket> buckets = states.of(terms);
        return rows.stream()
                .map(row -> new StoredLimit(
                        row.limit(),
                        row.tenant(),
                        row.created(),
                        row.overrides(),
                        state(row.limit().at(now), buckets, now)))
                .toList();
    }

    private static LimitState state(Terms terms, Map<BucketKey, Bucket> buckets, long now) {
        Bucket fresh = Bucket.fresh(terms.rule(), now);
        return LimitState.of(terms.rule(), buckets.getOrDefault(terms.key(), fresh), now);
    }
}
