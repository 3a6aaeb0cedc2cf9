package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.GatewayStart;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A tenant with a row in every table that is read by the administration. All that is the tenant's can be recognised by its marks. */
final class Tenancy {

    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Connection database;
    private final String mark;
    private final String amount;
    private final String tenant;
    private final Set<String> marks = new TreeSet<>();

    /**
     * Makes the tenant.
     *
     * @param mark in all of its names
     * @param amount in all of its sums
     */
    Tenancy(Connection database, String mark, String amount) throws SQLException {
        this.database = database;
        this.mark = mark;
        this.amount = amount;
        this.tenant = id();
        run("INSERT INTO tenants (id, name) VALUES ('%s', '%s')".formatted(tenant, mark));
        run("""
            INSERT INTO nodes (name, registration) VALUES ('%s', '{"url": "http://127.0.0.1:9", "version": "1", "build": "b", "slots": 1,
                "kvTokens": 1, "state": "ready", "models": [],
                "load": {"running": 0, "waiting": 0, "kvUsed": 0, "tokensPerSecond": 0}}')""".formatted(node()));
        marks.add(mark);
        marks.add(amount);
        marks.add(tenant);
    }

    /** A node that reports no more, and does not answer. */
    String node() {
        return "node-of-" + mark;
    }

    String tenant() {
        return tenant;
    }

    /** Makes one more row of everything, and names each by the word that stands for it in paths and bodies. */
    Map<String, String> things() throws SQLException {
        int number = NEXT.incrementAndGet();
        Map<String, String> made = new LinkedHashMap<>();
        made.put("tenant", tenant);
        made.put("mark", mark);
        made.put("node", node());
        made.put("fresh", Integer.toString(number));
        made.put("password", GatewayStart.PASSWORD);
        made.put("model", "model " + number);
        for (String thing : new String[] {
            "project", "key", "limit", "override", "user", "access-request", "grant", "price", "tariff"
        }) {
            made.put(thing, id());
        }
        made.put("request", ask("SELECT uuidv7()"));
        rows(made, number);
        for (String thing :
                new String[] {"project", "key", "limit", "override", "user", "access-request", "grant", "request"}) {
            marks.add(made.get(thing));
        }
        return made;
    }

    /** Which of the tenant's marks a text shows. */
    Set<String> in(String text) {
        Set<String> shown = new TreeSet<>(marks);
        shown.removeIf(one -> !text.contains(one));
        return shown;
    }

    private void rows(Map<String, String> made, int number) throws SQLException {
        String project = made.get("project");
        String key = made.get("key");
        String owner = "'%s', '%s', '%s'".formatted(tenant, project, key);
        String request = made.get("request");
        String sums = "%1$s, 0, %1$s, 0".formatted(amount);
        run("INSERT INTO projects (id, tenant, name) VALUES ('%s', '%s', '%s %d')"
                .formatted(project, tenant, mark, number));
        run("INSERT INTO keys (id, tenant, project, name) VALUES ('%s', '%s', '%s', '%s')"
                .formatted(key, tenant, project, mark));
        run("""
            INSERT INTO key_secrets (tenant, key, prefix, hmac, pepper_version)
            VALUES ('%s', '%s', 'gh_live_%s', sha256('%s'), 1)""".formatted(tenant, key, mark, key));
        run("""
            INSERT INTO limits (id, tenant, level, subject, what, per, amount)
            VALUES ('%s', '%s', 'project', '%s', 'requests', 'day', 1000)""".formatted(made.get("limit"), tenant, project));
        run("""
            INSERT INTO limit_overrides (id, tenant, limit_id, amount, valid_until)
            VALUES ('%s', '%s', '%s', 2000, now() + interval '1 day')""".formatted(made.get("override"), tenant, made.get("limit")));
        run("INSERT INTO users (id, name, role, tenant) VALUES ('%s', '%s.%d', 'developer', '%s')"
                .formatted(made.get("user"), mark, number, tenant));
        run("""
            INSERT INTO access_requests (id, tenant, project, asker, asker_name, reason)
            VALUES ('%s', '%s', '%s', '%s', '%s', 'tests')""".formatted(made.get("access-request"), tenant, project, made.get("user"), mark));
        run("""
            INSERT INTO grants (id, tenant, project, grantee, granted_by)
            SELECT CASE id WHEN '%s' THEN '%s'::uuid ELSE uuidv7() END, tenant, '%s', id, 'root'
            FROM users WHERE tenant = '%s' AND role = 'developer'""".formatted(made.get("user"), made.get("grant"), project, tenant));
        run("""
            INSERT INTO acts (tenant, actor, address, what, target)
            VALUES ('%s', '%s', '192.0.2.1', 'key.create', '%s')""".formatted(tenant, mark, key));
        run("""
            INSERT INTO intents (id, tenant, project, key, dialect, model, max_input, choices, address, body_sha256, gateway, start_id)
            VALUES ('%s', %s, 'openai', 'm', 1, 1, '192.0.2.1', sha256(''), 'gateway-1', 0)""".formatted(request, owner));
        run("""
            INSERT INTO outcomes (intent, tenant, project, key, model, dialect, kind, policy, attempts, prompt_tokens, cached_tokens,
                completion_tokens, reasoning_tokens, exact, queue_ms, prefill_ms, decode_ms, step_rows, total_ms, charge_nano)
            VALUES ('%s', %s, 'm', 'openai', 'completed', '', '[]', %s, true, 0, 0, 0, 0, 0, %s)""".formatted(request, owner, sums, amount));
        run("""
            INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens,
                cached_tokens, completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
            VALUES ('%s', 1, 'usage', %s, 'm', 'n', 0, %s, true, true, %s, 0)""".formatted(request, owner, sums, amount));
        run("""
            INSERT INTO usage_hours VALUES (date_trunc('hour', now()) - interval '3 hours', %s, 'm', 1, 1, %s, %s, 0)""".formatted(owner, sums, amount));
        run("INSERT INTO models (name, owned_by) VALUES ('%s', 'us')".formatted(made.get("model")));
        run("""
            INSERT INTO prices (id, model, valid_from)
            SELECT '%s', id, now() + interval '1 year' FROM models WHERE name = '%s'""".formatted(made.get("price"), made.get("model")));
        run("INSERT INTO tariffs (id, valid_from, node_hour) VALUES ('%s', now() + interval '%d days', 1)"
                .formatted(made.get("tariff"), number));
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
