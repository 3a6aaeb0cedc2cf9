package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The table {@code acts}, for readers. */
@Component
final class PostgresActsRead implements Acts {

    private static final String LIST = """
            SELECT a.id, a.tenant, t.name AS tenant_name, a.actor, a.address, a.what, a.target, a.before, a.after, a.recorded_at
            FROM (SELECT * FROM acts WHERE %s ORDER BY id DESC LIMIT :most) a LEFT JOIN tenants t ON t.id = a.tenant
            ORDER BY a.id DESC""";

    private static final String HAPPENINGS = """
            SELECT id, what, target, recorded_at, coalesce(after, before) AS state FROM acts
            WHERE what IN ('node.lost', 'node.returned', 'node.joined', 'node.drain', 'node.undrain', 'price.create', 'price.end', 'price.delete',
                    'tariff.create', 'tariff.delete', 'limit.create', 'limit.change', 'limit.delete', 'limit.override', 'limit.warn',
                    'key.revoke')
                AND id >= first_id(:from) AND id < first_id(:until)
            ORDER BY id DESC LIMIT 200""";

    /** What ends what has begun. */
    private static final Map<String, String> ENDS = Map.of("node.returned", "node.lost", "node.undrain", "node.drain");

    private final PostgresSight sight;

    PostgresActsRead(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public Page<Done> list(Actor actor, Filter filter, Paging paging) {
        Map<String, Object> values = new LinkedHashMap<>();
        String condition = condition(filter, paging, values);
        return Page.of(
                sight.read(
                        actor,
                        client -> client.sql(LIST.formatted(condition))
                                .params(values)
                                .param("most", paging.limit() + 1)
                                .query((row, _) -> done(row))
                                .list()),
                paging,
                Done::id);
    }

    private static String condition(Filter filter, Paging paging, Map<String, Object> values) {
        StringJoiner all = new StringJoiner(" AND ");
        all.setEmptyValue("true");
        add(all, values, "tenant = :tenant", "tenant", filter.tenant().map(TenantId::value));
        add(all, values, "actor = :actor", "actor", filter.actor());
        add(all, values, "(what = :what OR starts_with(what, :what || '.'))", "what", filter.what());
        add(all, values, "target = :target", "target", filter.target());
        add(all, values, "id >= first_id(:from)", "from", filter.from().map(Timestamp::from));
        add(all, values, "id < first_id(:until)", "until", filter.until().map(Timestamp::from));
        add(all, values, "id < :before", "before", paging.after());
        return all.toString();
    }

    private static void add(
            StringJoiner all, Map<String, Object> values, String condition, String name, Optional<?> value) {
        value.ifPresent(wanted -> {
            all.add(condition);
            values.put(name, wanted);
        });
    }

    private static Done done(ResultSet row) throws SQLException {
        return new Done(
                PostgresSight.id(row, "id"),
                Optional.ofNullable(row.getObject("tenant", UUID.class)).map(TenantId::new),
                Optional.ofNullable(row.getString("tenant_name")),
                row.getString("actor"),
                row.getString("address"),
                row.getString("what"),
                PostgresSight.id(row, "target"),
                Optional.ofNullable(row.getString("before")),
                Optional.ofNullable(row.getString("after")),
                PostgresSight.time(row, "recorded_at").orElseThrow());
    }

    @Override
    public List<Happening> happenings(Actor actor, Instant from, Instant until) {
        List<Happening> backwards = sight.read(
                actor,
                client -> client.sql(HAPPENINGS)
                        .param("from", Timestamp.from(from))
                        .param("until", Timestamp.from(until))
                        .query((row, _) -> new Happening(
                                PostgresSight.id(row, "id"),
                                PostgresSight.time(row, "recorded_at").orElseThrow(),
                                Optional.empty(),
                                row.getString("what"),
                                PostgresSight.id(row, "target"),
                                ActLabels.of(Optional.ofNullable(row.getString("state")))))
                        .list());
        return withEnds(backwards);
    }

    /** Walks back in time, so that an end is known before what it ends. */
    private static List<Happening> withEnds(List<Happening> backwards) {
        record Begun(String what, UUID target) {}
        Map<Begun, Instant> ends = new LinkedHashMap<>();
        List<Happening> forwards = new ArrayList<>();
        for (Happening one : backwards) {
            Optional<Instant> end = Optional.ofNullable(ends.remove(new Begun(one.what(), one.target())));
            Optional.ofNullable(ENDS.get(one.what()))
                    .ifPresent(what -> ends.put(new Begun(what, one.target()), one.at()));
            forwards.addFirst(new Happening(one.act(), one.at(), end, one.what(), one.target(), one.label()));
        }
        return forwards;
    }
}
