package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.access.RefusedException;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.Money;
import dev.gatehouse.gateway.vocabulary.Tariff;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code tariffs}, for administrators. */
final class PostgresTariffs implements NodeTariffs {

    private static final String LIST = """
            SELECT id, node_hour, valid_from FROM tariffs WHERE (:after::uuid IS NULL OR id > :after) ORDER BY id LIMIT :most
            """;

    private final CoreDatabase core;
    private final PostgresSight sight;

    PostgresTariffs(CoreDatabase core, PostgresSight sight) {
        this.core = core;
        this.sight = sight;
    }

    @Override
    public Stored create(Actor actor, Tariff tariff, Instant from) {
        PostgresPrices.requireAll(actor);
        try {
            return core.transact(client -> {
                Stored made = client.sql(
                                "INSERT INTO tariffs (node_hour, valid_from) VALUES (?, ?) RETURNING id, node_hour, valid_from")
                        .params(tariff.nodeHour(), from.atOffset(ZoneOffset.UTC))
                        .query((row, _) -> stored(row))
                        .single();
                sight.tell(
                        actor, Optional.empty(), "tariff.create", made.id(), Optional.empty(), Optional.of(told(made)));
                return made;
            });
        } catch (DuplicateKeyException taken) {
            throw new RefusedException(
                    RefusedException.Why.EXISTS,
                    "from: another tariff begins at the same moment: choose another moment.");
        }
    }

    @Override
    public Page<Stored> list(Actor actor, Paging paging) {
        PostgresPrices.requireAll(actor);
        return Page.of(
                core.query(client -> client.sql(LIST)
                        .param("after", paging.after().orElse(null), Types.OTHER)
                        .param("most", paging.limit() + 1)
                        .query((row, _) -> stored(row))
                        .list()),
                paging,
                Stored::id);
    }

    @Override
    public Optional<Stored> delete(Actor actor, UUID id) {
        PostgresPrices.requireAll(actor);
        return core.transact(client -> {
            Optional<Stored> before = row(client, id);
            before.ifPresent(tariff -> remove(client, actor, tariff));
            return before;
        });
    }

    private void remove(JdbcClient client, Actor actor, Stored tariff) {
        if (PostgresPrices.isPast(client, Optional.of(tariff.from()))) {
            throw new RefusedException(
                    RefusedException.Why.FIXED, "This tariff has begun: set another one that follows it.");
        }
        client.sql("DELETE FROM tariffs WHERE id = ?").param(tariff.id()).update();
        sight.tell(actor, Optional.empty(), "tariff.delete", tariff.id(), Optional.of(told(tariff)), Optional.empty());
    }

    private static Optional<Stored> row(JdbcClient client, UUID id) {
        return client.sql("SELECT id, node_hour, valid_from FROM tariffs WHERE id = ?")
                .param(id)
                .query((row, _) -> stored(row))
                .optional();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                PostgresSight.id(row, "id"),
                new Tariff(row.getLong("node_hour")),
                PostgresSight.time(row, "valid_from").orElseThrow());
    }

    private static Map<String, Object> told(Stored stored) {
        return Map.of(
                "nodeHour",
                Money.words(stored.tariff().nodeHour()),
                "from",
                stored.from().toString());
    }
}
