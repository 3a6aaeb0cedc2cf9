package dev.gatehouse.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Statements that would work on each table if the role may: rows of two tenants, numbered 1 and 2, and further ones to try with. */
final class Sample {

    private static final Map<String, String> INSERTS = Map.ofEntries(
            Map.entry("tenants", "(id, name) VALUES ('%2$s', 'tenant %1$s')"),
            Map.entry("projects", "(id, tenant, name) VALUES (uuid_of(%1$d), '%2$s', 'project %1$d')"),
            Map.entry("keys", """
                    (id, tenant, project, name) VALUES (uuid_of(%1$d), '%2$s', uuid_of(%3$d), 'key')"""),
            Map.entry("key_secrets", """
                    (tenant, key, prefix, hmac, pepper_version)
                    VALUES ('%2$s', uuid_of(%3$d), 'gh_live_ab', sha256('%1$d'), %3$d)"""),
            Map.entry("users", """
                    (name, tenant, role) VALUES ('user-%1$d', '%2$s', 'auditor')"""),
            Map.entry("sessions", """
                    (digest, user_id, resets, expires_at) VALUES (sha256('%1$d'), user_of(%3$d), false, now())"""),
            Map.entry("sign_in_links", """
                    (digest, user_id, resets, expires_at) VALUES (sha256('%1$d'), user_of(%3$d), false, now())"""),
            Map.entry("saved_views", """
                    (user_id, page, name, search, shared) VALUES (user_of(%3$d), 'requests', 'view %1$d', '', true)"""),
            Map.entry("grants", """
                    (id, tenant, project, grantee, model, granted_by)
                    VALUES (uuid_of(%1$d), '%2$s', uuid_of(%3$d), user_of(%3$d), 'm%1$d', 'user')"""),
            Map.entry("access_requests", """
                    (id, tenant, project, asker, model, asker_name, reason)
                    VALUES (uuid_of(%1$d), '%2$s', uuid_of(%3$d), user_of(%3$d), 'm%1$d', 'user', 'tests')"""),
            Map.entry("acts", """
                    (tenant, actor, address, what, target) VALUES ('%2$s', 'user-1', '', 'key.revoke', uuid_of(%1$d))"""),
            Map.entry("peppers", "(version, fingerprint) VALUES (%1$d, 'f')"),
            Map.entry("models", "(id, name, owned_by) VALUES (uuid_of(%1$d), 'model %1$d', 'us')"),
            Map.entry("routes", "(model, kind, upstream) VALUES (uuid_of(%3$d), 'nodes', 'model %1$d')"),
            Map.entry(
                    "limits",
                    "(id, tenant, level, what, per, amount) VALUES (uuid_of(%1$d), '%2$s', 'tenant', '%4$s', 'day', 1)"),
            Map.entry("limit_overrides", """
                    (id, tenant, limit_id, amount, valid_until)
                    VALUES (uuid_of(%1$d), '%2$s', uuid_of(%3$d), 2, now() + interval '1 day')"""),
            Map.entry("buckets", "(limit_id, since, kind, at) VALUES (uuid_of(%1$d), 0, 'window', 0)"),
            Map.entry("leases", """
                    (limit_id, since, start_id, units, reported, expires_at)
                    VALUES (uuid_of(%3$d), 0, %5$d, 1, 0, now())"""),
            Map.entry(
                    "prices", "(model, valid_from) VALUES (uuid_of(%3$d), timestamptz 'epoch' + interval '%1$d days')"),
            Map.entry("tariffs", "(valid_from, node_hour) VALUES (timestamptz 'epoch' + interval '%1$d days', 1)"),
            Map.entry("nodes", "(name, registration) VALUES ('node-%1$d', '{}')"),
            Map.entry("gateways", "(start_id, name) VALUES (%1$d, 'gateway-1')"),
            Map.entry("intents", """
                    (id, tenant, project, key, dialect, model, max_input, choices, address, body_sha256, gateway, start_id)
                    VALUES (uuid_of(%1$d), '%2$s', uuid_of(1), uuid_of(1), 'openai', 'm', 1, 1, '::1', sha256(''), 'g', 1)"""),
            Map.entry("outcomes", """
                    (intent, tenant, project, key, kind, policy, attempts, prompt_tokens, cached_tokens, completion_tokens,
                     reasoning_tokens, exact, queue_ms, prefill_ms, decode_ms, step_rows, total_ms, charge_nano, model, dialect)
                    VALUES (uuid_of(%1$d), '%2$s', uuid_of(1), uuid_of(1), 'completed', '', '[]', 0, 0, 0,
                     0, true, 0, 0, 0, 0, 0, 0, 'm', 'openai')"""),
            Map.entry("ledger", """
                    (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens, cached_tokens,
                     completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
                    VALUES (uuid_of(%1$d), 1, 'usage', '%2$s', uuid_of(1), uuid_of(1), 'm', 'n', 1, 0, 0, 0, 0, true, true, 0, 0)"""),
            Map.entry("corrections", "(request) VALUES (uuid_of(%1$d))"),
            Map.entry("rollups", "(name, seen_to) VALUES ('%1$d', now())"),
            Map.entry("usage_hours", """
                    VALUES (timestamptz 'epoch' + interval '%1$d hours', '%2$s', uuid_of(1), uuid_of(1), 'm', 0, 0, 0, 0, 0, 0, 0, 0)"""),
            Map.entry(
                    "request_hours",
                    "VALUES (timestamptz 'epoch' + interval '%1$d hours', '%2$s', uuid_of(1), uuid_of(1), 'm', 'left', 1, 'openai')"),
            Map.entry(
                    "latency_hours",
                    "VALUES (timestamptz 'epoch' + interval '%1$d hours', '%2$s', uuid_of(1), uuid_of(1), 'm', 1, 1)"),
            Map.entry(
                    "node_hours",
                    "VALUES (timestamptz 'epoch' + interval '%1$d hours', '%2$s', uuid_of(1), uuid_of(1), 'm', 'openai', 'left', 'n', 1)"),
            Map.entry("flyway_schema_history", """
                    (installed_rank, description, type, script, installed_by, execution_time, success)
                    VALUES (10%1$d, '', '', '', '', 0, true)"""));

    private static final Map<String, String> UPDATES = Map.ofEntries(
            Map.entry("tenants", "time_zone = 'Europe/Berlin'"),
            Map.entry("projects", "name = 'other'"),
            Map.entry("keys", "revoked_at = now()"),
            Map.entry("key_secrets", "expires_at = now()"),
            Map.entry("users", "role = 'billing'"),
            Map.entry("sessions", "seen_at = now()"),
            Map.entry("sign_in_links", "expires_at = now()"),
            Map.entry("acts", "what = 'other'"),
            Map.entry("saved_views", "shared = false"),
            Map.entry("grants", "granted_by = 'other'"),
            Map.entry("access_requests", "state = 'declined', decided_at = now(), decided_by = 'other'"),
            Map.entry("peppers", "created_at = now()"),
            Map.entry("models", "owned_by = 'them'"),
            Map.entry("routes", "preference = 7"),
            Map.entry("limits", "amount = 7"),
            Map.entry("limit_overrides", "amount = 7"),
            Map.entry("buckets", "spent = 7"),
            Map.entry("leases", "units = 7"),
            Map.entry("prices", "valid_until = 'infinity'"),
            Map.entry("tariffs", "node_hour = 7"),
            Map.entry("nodes", "heard_at = now()"),
            Map.entry("gateways", "closed_at = now()"),
            Map.entry("intents", "model = 'other'"),
            Map.entry("outcomes", "rule = 'other'"),
            Map.entry("ledger", "due = false"),
            Map.entry("usage_hours", "requests = 7"),
            Map.entry("request_hours", "requests = 7"),
            Map.entry("latency_hours", "requests = 7"),
            Map.entry("node_hours", "requests = 7"),
            Map.entry("corrections", "recorded_at = now()"),
            Map.entry("rollups", "seen_to = now()"),
            Map.entry("flyway_schema_history", "description = ''"));

    private static final String[] MEASURES = {"requests", "input_tokens", "output_tokens", "charge"};

    private static final String[] ORDER = {
        "tenants",
        "projects",
        "peppers",
        "keys",
        "key_secrets",
        "users",
        "sessions",
        "sign_in_links",
        "saved_views",
        "grants",
        "access_requests",
        "limits",
        "limit_overrides",
        "models",
        "routes",
        "prices",
        "tariffs",
        "nodes",
        "gateways",
        "buckets",
        "leases",
        "intents",
        "outcomes",
        "acts",
        "ledger",
        "usage_hours",
        "request_hours",
        "latency_hours",
        "node_hours"
    };

    private Sample() {}

    static String tenant(int number) {
        return "00000000-0000-7000-8000-%012d".formatted(number);
    }

    /** One row of each of the two tenants in every table. */
    static void fill(Connection superuser) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute("""
                    CREATE FUNCTION uuid_of(n integer) RETURNS uuid LANGUAGE sql IMMUTABLE
                    RETURN ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid""");
            statement.execute("""
                    CREATE FUNCTION user_of(n integer) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
                    BEGIN ATOMIC SELECT id FROM users WHERE name = 'user-' || n; END""");
            statement.execute("SELECT open_ledger(timestamptz 'epoch')");
            for (String table : ORDER) {
                statement.execute(insert(table, 1, 1));
                statement.execute(insert(table, 2, 2));
            }
        }
    }

    /** Inserts row {@code number} for a tenant. */
    static String insert(String table, int number, int tenant) {
        String id = table.equals("tenants") ? tenant(number) : tenant(tenant);
        return "INSERT INTO " + table + " "
                + INSERTS.getOrDefault(table, "")
                        .formatted(
                                number,
                                id,
                                tenant,
                                MEASURES[number % MEASURES.length],
                                number < 3 ? number : 3 - tenant);
    }

    /** Changes every row that can be reached. */
    static String update(String table) {
        return "UPDATE " + table + " SET " + UPDATES.get(table);
    }
}
