package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.access.Scope;
import dev.gatehouse.gateway.audit.Acts;
import dev.gatehouse.gateway.backend.Fleet;
import dev.gatehouse.gateway.quota.Level;
import dev.gatehouse.gateway.quota.Limit;
import dev.gatehouse.gateway.quota.LimitState;
import dev.gatehouse.gateway.quota.StoredLimit;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** By the nodes' reports, the budgets, the acts, and the tables {@code keys}, {@code outcomes} and {@code ledger}. */
@Component
final class PostgresAttention implements Attention {

    private static final Duration LAST_DAY = Duration.ofDays(1);

    /** A node fails requests before it is found silent. */
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private static final int PERCENT = 100;

    private static final String EXPIRING = """
            SELECT id, name, expires_at FROM keys
            WHERE revoked_at IS NULL AND expires_at > now() AND expires_at < now() + interval '7 days'
              AND (:tenant::uuid IS NULL OR tenant = :tenant)
            ORDER BY expires_at LIMIT 20""";

    private static final String NAME = """
            SELECT name FROM tenants WHERE id = :id UNION ALL SELECT name FROM projects WHERE id = :id
            UNION ALL SELECT name FROM keys WHERE id = :id""";

    private static final String UNKNOWN = """
            SELECT count(*) AS requests, min(uuid_extract_timestamp(intent)) AS first FROM outcomes
            WHERE kind = 'unknown' AND intent >= first_id(:since) AND (:tenant::uuid IS NULL OR tenant = :tenant)""";

    private static final String FAILED = """
            SELECT count(*) FROM ledger l JOIN outcomes o ON o.intent = l.request
            WHERE l.node = :node AND l.kind = 'usage' AND l.request >= first_id(:since) AND l.request < first_id(now() + interval '1 hour')
              AND o.kind = 'failed'""";

    private final PostgresSight sight;
    private final Fleet fleet;
    private final Budgets budgets;
    private final Acts acts;

    PostgresAttention(PostgresSight sight, Fleet fleet, Budgets budgets, Acts acts) {
        this.sight = sight;
        this.fleet = fleet;
        this.budgets = budgets;
        this.acts = acts;
    }

    @Override
    public List<Item> needed(Actor actor, Optional<TenantId> tenant) {
        List<Item> all = new ArrayList<>();
        if (sees(actor, Scope.NODES_READ) && actor.tenant().isEmpty()) {
            all.addAll(nodes(actor));
        }
        if (sees(actor, Scope.LIMITS_READ)) {
            budgets.of(actor, tenant, Optional.empty()).stream()
                    .flatMap(limit -> budget(actor, limit).stream())
                    .forEach(all::add);
        }
        if (sees(actor, Scope.KEYS_READ)) {
            all.addAll(keys(actor, tenant));
        }
        if (sees(actor, Scope.ACTS_READ) && actor.tenant().isEmpty()) {
            reconciliation(actor).ifPresent(all::add);
        }
        unknown(actor, tenant).ifPresent(all::add);
        all.sort(Comparator.comparing(Item::kind));
        return all;
    }

    private static boolean sees(Actor actor, Scope scope) {
        return actor.role().scopes().contains(scope);
    }

    private List<Item> nodes(Actor actor) {
        List<Fleet.Member> members = fleet.members();
        Stream<Item> absent = members.stream().flatMap(node -> node(actor, node).stream());
        boolean none = members.stream().noneMatch(node -> node.state() == Fleet.State.READY);
        Item noNode = new Item(Kind.NO_NODE, "", "", Optional.empty(), Optional.empty(), Map.of());
        return Stream.concat(none ? Stream.of(noNode) : Stream.empty(), absent).toList();
    }

    private Optional<Item> node(Actor actor, Fleet.Member node) {
        return switch (node.state()) {
            case LOST -> Optional.of(absent(actor, Kind.NODE_LOST, node, Optional.of(node.heard())));
            case DRAINING -> Optional.of(absent(actor, Kind.NODE_DRAINING, node, Optional.empty()));
            case READY, LOADING -> Optional.empty();
        };
    }

    private Item absent(Actor actor, Kind kind, Fleet.Member node, Optional<Instant> since) {
        Map<String, Long> effect = since.isPresent()
                ? Map.of("failed", failed(actor, node.name(), since.get().minus(BEFORE)))
                : Map.of("running", (long) node.running());
        return new Item(kind, node.name().value(), node.name().value(), since, Optional.empty(), effect);
    }

    private long failed(Actor actor, NodeName node, Instant since) {
        return sight.read(
                actor,
                client -> PostgresFilter.planning(client)
                        .sql(FAILED)
                        .param("node", node.value())
                        .param("since", Timestamp.from(since))
                        .query(Long.class)
                        .single());
    }

    private Optional<Item> budget(Actor actor, StoredLimit limit) {
        LimitState state = limit.state();
        boolean over = state.spent() >= state.amount();
        boolean warned = limit.limit().soft().isPresent()
                && state.spent()
                        >= state.amount() / PERCENT * limit.limit().soft().getAsInt();
        if (!over && !warned) {
            return Optional.empty();
        }
        return Optional.of(new Item(
                over ? Kind.BUDGET_OVER : Kind.BUDGET_SOFT,
                place(limit.limit()),
                name(actor, limit.limit()),
                Optional.empty(),
                state.reset(),
                Map.of("spentNano", state.spent(), "amountNano", state.amount())));
    }

    /** Whom it limits, as {@code GET /limits} names it. */
    private static String place(Limit limit) {
        return limit.level() == Level.ORGANISATION
                ? limit.level().wire()
                : limit.subject().toString();
    }

    private String name(Actor actor, Limit limit) {
        return limit.level() == Level.ORGANISATION
                ? ""
                : sight.read(
                        actor,
                        client -> client.sql(NAME)
                                .param("id", limit.subject())
                                .query(String.class)
                                .optional()
                                .orElseGet(() -> place(limit)));
    }

    private List<Item> keys(Actor actor, Optional<TenantId> tenant) {
        return sight.read(
                actor,
                client -> client.sql(EXPIRING)
                        .param("tenant", tenant.map(TenantId::value).orElse(null), Types.OTHER)
                        .query((row, _) -> new Item(
                                Kind.KEY_EXPIRING,
                                row.getString("id"),
                                row.getString("name"),
                                Optional.empty(),
                                PostgresSight.time(row, "expires_at"),
                                Map.of()))
                        .list());
    }

    private Optional<Item> reconciliation(Actor actor) {
        Acts.Filter filter = new Acts.Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.of(ReconciliationActs.WHAT),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return acts.list(actor, filter, new Paging(Optional.empty(), 1)).items().stream()
                .findFirst()
                .filter(act -> differences(act) > 0)
                .map(act -> new Item(
                        Kind.RECONCILIATION,
                        act.id().toString(),
                        "",
                        Optional.of(act.at()),
                        Optional.empty(),
                        Map.of("differences", differences(act))));
    }

    private static long differences(Acts.Done act) {
        return act.after()
                .map(json ->
                        JsonMapper.shared().readTree(json).path("differences").asLong(0))
                .orElse(0L);
    }

    private Optional<Item> unknown(Actor actor, Optional<TenantId> tenant) {
        return sight.read(
                actor,
                client -> PostgresFilter.planning(client)
                        .sql(UNKNOWN)
                        .param("since", Timestamp.from(Instant.now().minus(LAST_DAY)))
                        .param("tenant", tenant.map(TenantId::value).orElse(null), Types.OTHER)
                        .query((row, _) -> new Item(
                                Kind.UNKNOWN_REQUESTS,
                                "",
                                "",
                                PostgresSight.time(row, "first"),
                                Optional.empty(),
                                Map.of("requests", row.getLong("requests"))))
                        .optional()
                        .filter(item -> item.since().isPresent()));
    }
}
