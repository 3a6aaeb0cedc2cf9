package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A filter as a condition: only what matters is in it, so that PostgreSQL plans for just that. Which rows a user may see is decided by row-level
 * security; a tenant's user is named here too, because the planner knows more of a value than of a policy.
 */
final class PostgresFilter {

    /** Each execution is planned for its own values: a plan for any range of time would suit none. */
    private static final String PLANNED_ANEW = "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)";

    /** And the hour by which a clock may be put back in it. */
    private static final Duration LONGEST_MONTH = Duration.ofDays(31).plusHours(1);

    /** When the month began is asked once for each tenant: to ask for each sum takes most of the time. */
    private static final String SINCE_MONTH_BEGAN = """
            EXISTS (SELECT FROM (
                    SELECT id, date_trunc('month', :until::timestamptz AT TIME ZONE time_zone) AT TIME ZONE time_zone AS began
                    FROM tenants OFFSET 0) month
                WHERE month.id = usage_hours.tenant AND usage_hours.hour >= month.began)""";

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final StringJoiner conditions = new StringJoiner(" AND ");

    private PostgresFilter() {}

    /** Of rows of {@code outcomes} named {@code o}. */
    static PostgresFilter ofOutcomes(Actor actor, Requests.Filter filter) {
        PostgresFilter made = new PostgresFilter();
        made.range("o.intent", filter);
        made.whose("o.", actor, filter.whose());
        made.place(actor, filter.whose());
        made.marks(filter.marks());
        return made;
    }

    /** Of lines of {@code ledger}. */
    static PostgresFilter ofLedger(Actor actor, Requests.Filter filter) {
        PostgresFilter made = new PostgresFilter();
        made.range("request", filter);
        made.whose("", actor, filter.whose());
        return made;
    }

    /** Of sums of the hours that begin in the time; only some of these tables know a kind, a dialect or a node. */
    static PostgresFilter ofHours(Actor actor, Requests.Filter filter) {
        PostgresFilter made = ofTime(filter);
        made.whose("", actor, filter.whose());
        filter.marks().kind().ifPresent(kind -> made.is("kind", "kind", kind));
        filter.marks().dialect().ifPresent(dialect -> made.is("dialect", "dialect", dialect));
        filter.marks().node().map(NodeName::value).ifPresent(node -> made.is("node", "node", node));
        return made;
    }

    /** Of lines of {@code usage_hours} in the month that a moment is in, by the calendar of each tenant. */
    static PostgresFilter ofMonth(Actor actor, Requests.Whose whose, Instant now) {
        return ofHours(actor, new Requests.Filter(whose, now.minus(LONGEST_MONTH), now))
                .and(SINCE_MONTH_BEGAN);
    }

    /** Of hours that begin in the time, whosever they are. */
    static PostgresFilter ofTime(Requests.Filter filter) {
        PostgresFilter made = new PostgresFilter();
        made.conditions.add("hour >= :from AND hour < :until");
        made.values.put("from", Timestamp.from(filter.from()));
        made.values.put("until", Timestamp.from(filter.until()));
        return made;
    }

    /** Lets the transaction plan each statement for its values. */
    static JdbcClient planning(JdbcClient client) {
        client.sql(PLANNED_ANEW).query(String.class).single();
        return client;
    }

    PostgresFilter and(String condition) {
        conditions.add(condition);
        return this;
    }

    PostgresFilter and(String condition, String name, Object value) {
        values.put(name, value);
        return and(condition);
    }

    /** A statement with the condition in the place of {@code %s}. */
    JdbcClient.StatementSpec in(JdbcClient client, String sql) {
        return client.sql(sql.formatted(conditions)).params(values);
    }

    private void range(String id, Requests.Filter filter) {
        conditions.add("%1$s >= first_id(:from) AND %1$s < first_id(:until)".formatted(id));
        values.put("from", Timestamp.from(filter.from()));
        values.put("until", Timestamp.from(filter.until()));
    }

    private void whose(String table, Actor actor, Requests.Whose whose) {
        whose.tenant()
                .or(actor::tenant)
                .map(TenantId::value)
                .ifPresent(tenant -> is(table + "tenant", "tenant", tenant));
        whose.project().map(ProjectId::value).ifPresent(project -> is(table + "project", "project", project));
        whose.key().map(KeyId::value).ifPresent(key -> is(table + "key", "key", key));
        whose.model().map(ModelName::value).ifPresent(model -> is(table + "model", "model", model));
    }

    /** An index has the requests of each tenant with their projects and keys, which never change hands. */
    private void place(Actor actor, Requests.Whose whose) {
        if (whose.tenant().or(actor::tenant).isPresent()) {
            return;
        }
        if (whose.key().isPresent()) {
            and("o.tenant = (SELECT k.tenant FROM keys k WHERE k.id = :key)");
        } else if (whose.project().isPresent()) {
            and("o.tenant = (SELECT p.tenant FROM projects p WHERE p.id = :project)");
        }
    }

    private void marks(Requests.Marks marks) {
        marks.kind().ifPresent(this::kind);
        marks.code().ifPresent(this::code);
        marks.node().map(NodeName::value).ifPresent(this::node);
        marks.dialect().ifPresent(dialect -> is("o.dialect", "dialect", dialect));
        least("o.first_token_ms", "first", marks.minFirstTokenMs());
        least("o.total_ms", "total", marks.minTotalMs());
        least("o.charge_nano", "charge", marks.minCharge());
    }

    /** What was completed has none. */
    private void code(String code) {
        is("o.code", "code", code);
        and("o.kind <> 'completed'");
    }

    /** What is not completed is in an index of its own, which is used when the statement says so. */
    private void kind(String kind) {
        is("o.kind", "kind", kind);
        if (!kind.equals("completed")) {
            and("o.kind <> 'completed'");
        }
    }

    private void node(String node) {
        and("""
                EXISTS (SELECT 1 FROM ledger n WHERE n.request = o.intent AND n.node = :node
                    AND n.request >= first_id(:from) AND n.request < first_id(:until))""", "node", node);
    }

    private void least(String column, String name, Optional<? extends Number> least) {
        least.ifPresent(value -> and(column + " >= :" + name, name, value));
    }

    private void is(String column, String name, Object value) {
        and(column + " = :" + name, name, value);
    }
}
