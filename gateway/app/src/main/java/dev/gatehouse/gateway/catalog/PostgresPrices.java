package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.access.RefusedException;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Money;
import dev.gatehouse.gateway.vocabulary.Price;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code prices}, for administrators. */
final class PostgresPrices implements Prices {

    private static final String ROWS = """
            SELECT p.id, m.name, p.uncached, p.cached, coalesce(p.reasoning, p.output) AS reasoning, p.output, p.per_call,
                   p.valid_from, p.valid_until
            FROM prices p JOIN models m ON m.id = p.model
            """;

    private static final String LIST = ROWS + """
            WHERE (:model::text IS NULL OR m.name = :model) AND (:after::uuid IS NULL OR p.id > :after) ORDER BY p.id LIMIT :most
            """;

    /** Of two prices that hold at once the later begun one counts. */
    private static final String IN_FORCE = ROWS.replace("SELECT p.id", "SELECT DISTINCT ON (m.name) p.id") + """
            WHERE p.valid_from <= :at AND (p.valid_until IS NULL OR p.valid_until > :at) ORDER BY m.name, p.valid_from DESC
            """;

    private static final String INSERT = """
            INSERT INTO prices (model, valid_from, valid_until, uncached, cached, reasoning, output, per_call)
            SELECT id, :from, :until, :uncached, :cached, :reasoning, :output, :call FROM models WHERE name = :model RETURNING id
            """;

    private final CoreDatabase core;
    private final PostgresSight sight;

    PostgresPrices(CoreDatabase core, PostgresSight sight) {
        this.core = core;
        this.sight = sight;
    }

    @Override
    public Stored create(Actor actor, ModelName model, Price price, Instant from, Optional<Instant> until) {
        requireAll(actor);
        try {
            return core.transact(client -> {
                UUID id = insert(client, model, price, from, until);
                Stored made = row(client, id).orElseThrow();
                sight.tell(actor, Optional.empty(), "price.create", id, Optional.empty(), Optional.of(told(made)));
                return made;
            });
        } catch (DuplicateKeyException taken) {
            throw new RefusedException(
                    RefusedException.Why.EXISTS,
                    "from: another price of this model begins at the same moment: choose another moment.");
        }
    }

    @Override
    public Optional<Stored> find(Actor actor, UUID id) {
        return core.transact(client -> row(client, id));
    }

    @Override
    public Map<ModelName, Stored> inForce(Instant moment) {
        return core
                .query(client -> client.sql(IN_FORCE)
                        .param("at", moment.atOffset(ZoneOffset.UTC))
                        .query((row, _) -> stored(row))
                        .list())
                .stream()
                .collect(Collectors.toMap(Stored::model, Function.identity()));
    }

    @Override
    public Page<Stored> list(Actor actor, Optional<ModelName> model, Paging paging) {
        return Page.of(
                core.query(client -> client.sql(LIST)
                        .param("model", model.map(ModelName::value).orElse(null), Types.VARCHAR)
                        .param("after", paging.after().orElse(null), Types.OTHER)
                        .param("most", paging.limit() + 1)
                        .query((row, _) -> stored(row))
                        .list()),
                paging,
                Stored::id);
    }

    @Override
    public Optional<Stored> end(Actor actor, UUID id, Optional<Instant> until) {
        return changed(actor, id, "price.end", (client, before) -> {
            if (isPast(client, before.until())) {
                throw new RefusedException(RefusedException.Why.FIXED, "This price has ended already: set another.");
            }
            client.sql("UPDATE prices SET valid_until = :until WHERE id = :id")
                    .param("until", stamp(until), Types.TIMESTAMP_WITH_TIMEZONE)
                    .param("id", id)
                    .update();
        });
    }

    @Override
    public Optional<Stored> delete(Actor actor, UUID id) {
        return changed(actor, id, "price.delete", (client, before) -> {
            if (isPast(client, Optional.of(before.from()))) {
                throw new RefusedException(
                        RefusedException.Why.FIXED,
                        "This price has begun: end it, so that what it charged can be told.");
            }
            client.sql("DELETE FROM prices WHERE id = ?").param(id).update();
        });
    }

    private Optional<Stored> changed(Actor actor, UUID id, String what, BiConsumer<JdbcClient, Stored> change) {
        requireAll(actor);
        return core.transact(client -> {
            Optional<Stored> before = locked(client, id);
            if (before.isEmpty()) {
                return before;
            }
            change.accept(client, before.get());
            Optional<Stored> after = row(client, id);
            sight.tell(
                    actor,
                    Optional.empty(),
                    what,
                    id,
                    before.map(PostgresPrices::told),
                    after.map(PostgresPrices::told));
            return after.or(() -> before);
        });
    }

    static void requireAll(Actor actor) {
        if (actor.tenant().isPresent()) {
            throw new RefusedException(RefusedException.Why.FORBIDDEN, "Only users of the whole installation do this.");
        }
    }

    /** By the database's clock, which all gateways share. */
    static boolean isPast(JdbcClient client, Optional<Instant> time) {
        return time.isPresent()
                && client.sql("SELECT :time <= now()")
                        .param("time", stamp(time), Types.TIMESTAMP_WITH_TIMEZONE)
                        .query(Boolean.class)
                        .single();
    }

    static @Nullable OffsetDateTime stamp(Optional<Instant> time) {
        return time.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    private static UUID insert(JdbcClient client, ModelName model, Price price, Instant from, Optional<Instant> until) {
        return client.sql(INSERT)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", stamp(until), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("uncached", price.uncached())
                .param("cached", price.cached())
                .param("reasoning", price.reasoning())
                .param("output", price.output())
                .param("call", price.perCall())
                .param("model", model.value())
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new RefusedException(
                        RefusedException.Why.MISSING, "model: there is no model '%s'.".formatted(model)));
    }

    private static Optional<Stored> locked(JdbcClient client, UUID id) {
        return client.sql(ROWS + "WHERE p.id = ? FOR UPDATE OF p")
                .param(id)
                .query((row, _) -> stored(row))
                .optional();
    }

    private static Optional<Stored> row(JdbcClient client, UUID id) {
        return client.sql(ROWS + "WHERE p.id = ?")
                .param(id)
                .query((row, _) -> stored(row))
                .optional();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                PostgresSight.id(row, "id"),
                new ModelName(row.getString("name")),
                PostgresCatalogStore.price(row),
                PostgresSight.time(row, "valid_from").orElseThrow(),
                PostgresSight.time(row, "valid_until"));
    }

    private static Map<String, Object> told(Stored stored) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("model", stored.model().value());
        told.put("perCall", Money.words(stored.price().perCall()));
        told.put(
                "perMillionTokens",
                Map.of(
                        "uncached", Money.perMillion(stored.price().uncached()),
                        "cached", Money.perMillion(stored.price().cached()),
                        "reasoning", Money.perMillion(stored.price().reasoning()),
                        "output", Money.perMillion(stored.price().output())));
        told.put("from", stored.from().toString());
        stored.until().ifPresent(until -> told.put("until", until.toString()));
        return told;
    }
}
