-- A month of an installation up to now, as a superuser: six tenants with their projects and keys, requests that follow office hours and do not all
-- end well, budgets that are near their end, nodes that come and go, and what administrators did. How many requests the setting seed.requests says.
-- The sums of hours are left to the gateway, which is made to begin with them anew.

SELECT setseed(0.42);

CREATE FUNCTION pg_temp.id_at(moment timestamptz) RETURNS uuid LANGUAGE sql VOLATILE
    RETURN (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '7'
        || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid;

-- Names that tests can build: the kind of thing, and its number.
CREATE FUNCTION pg_temp.id_of(kind integer, number integer) RETURNS uuid LANGUAGE sql IMMUTABLE
    RETURN ('5eed' || lpad(to_hex(kind), 4, '0') || '-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid;

INSERT INTO tenants (id, name, time_zone)
    SELECT pg_temp.id_of(1, n), 'tenant-' || n, CASE WHEN n % 2 = 0 THEN 'Europe/Berlin' ELSE 'UTC' END FROM generate_series(1, 6) AS n;
INSERT INTO projects (id, tenant, name)
    SELECT pg_temp.id_of(2, n), pg_temp.id_of(1, 1 + n % 6), 'project-' || n FROM generate_series(0, 11) AS n;
INSERT INTO keys (id, tenant, project, name, created_at, expires_at, revoked_at)
    SELECT pg_temp.id_of(3, n), pg_temp.id_of(1, 1 + n % 6), pg_temp.id_of(2, n % 12), 'key-' || n, now() - interval '40 days',
        CASE WHEN n % 10 = 7 THEN now() + interval '3 days' END, CASE WHEN n % 10 = 9 THEN now() - interval '2 days' END
    FROM generate_series(0, 29) AS n;

INSERT INTO models (name, owned_by) SELECT unnest(ARRAY['tiny-moe', 'large', 'small']), 'gatehouse' ON CONFLICT DO NOTHING;
INSERT INTO prices (model, valid_from, uncached, cached, output)
    SELECT id, now() - interval '60 days', 300, 60, 1200 FROM models WHERE name IN ('tiny-moe', 'large', 'small') ON CONFLICT DO NOTHING;
INSERT INTO tariffs (valid_from, node_hour) VALUES (now() - interval '60 days', 2000000000);
INSERT INTO nodes (name, registration, heard_at, lost_at)
    SELECT 'seed-' || n, jsonb_build_object('url', 'http://127.0.0.1:9', 'version', '0.1.0', 'build', 'seed', 'slots', 16, 'kvTokens', 65536,
            'state', CASE n WHEN 2 THEN 'draining' ELSE 'ready' END, 'load',
            jsonb_build_object('running', n, 'waiting', 0, 'kvUsed', 1000 * n, 'tokensPerSecond', 100.5 * n), 'models', jsonb_build_array(
            jsonb_build_object('id', 'tiny-moe', 'sha256', repeat('0', 64), 'context', 8192, 'vocab', 4096))),
        now() - CASE n WHEN 3 THEN interval '2 hours' ELSE interval '1 second' END, CASE n WHEN 3 THEN now() - interval '2 hours' END
    FROM generate_series(1, 3) AS n;

-- How many requests each hour has: a tenth outside of office hours, a fifth at weekends.
CREATE TEMPORARY TABLE hours AS
    SELECT hour, round(current_setting('seed.requests')::integer * weight / sum(weight) OVER ())::integer AS requests
    FROM (SELECT hour, CASE WHEN extract(hour FROM hour AT TIME ZONE 'UTC') BETWEEN 7 AND 17 THEN 1.0 ELSE 0.1 END
            * CASE WHEN extract(isodow FROM hour AT TIME ZONE 'UTC') > 5 THEN 0.2 ELSE 1.0 END AS weight
        FROM generate_series(now() - interval '30 days', now() - interval '1 hour', interval '1 hour') AS hour) weighted;

CREATE TEMPORARY TABLE month AS
    SELECT pg_temp.id_at(at) AS id, at, floor(30 * random() * random())::integer AS caller,
        CASE WHEN model < 0.7 THEN 'tiny-moe' WHEN model < 0.95 THEN 'large' ELSE 'small' END AS model,
        CASE WHEN kind < 0.940 THEN 'completed' WHEN kind < 0.965 THEN 'refused' WHEN kind < 0.970 THEN 'cut' WHEN kind < 0.983 THEN 'left'
            WHEN kind < 0.998 THEN 'failed' WHEN kind < 0.9985 THEN 'not_dispatched' WHEN kind < 0.9995 THEN 'recovered' ELSE 'unknown' END AS kind,
        1 + floor(3 * random())::integer AS node, 1 + floor(3 * random())::integer AS cause,
        50 + floor(exp(random_normal(5.5, 1)))::bigint AS prompt, 1 + floor(exp(random_normal(4.5, 0.9)))::bigint AS completion,
        exp(random_normal(5.7, 0.7))::real AS first_token
    FROM hours, LATERAL (SELECT hour + random() * interval '1 hour' AS at, random() AS model, random() AS kind FROM generate_series(1, requests)) each
    ORDER BY at;

INSERT INTO intents (id, tenant, project, key, dialect, model, max_input, max_output, choices, address, body_sha256, gateway, start_id, recorded_at)
    SELECT id, pg_temp.id_of(1, 1 + caller % 6), pg_temp.id_of(2, caller % 12), pg_temp.id_of(3, caller),
        CASE WHEN cause = 3 THEN 'anthropic' ELSE 'openai' END, model, prompt + 100, 1024, 1, '10.0.0.' || caller, '\x00'::bytea || repeat('x', 31)::bytea,
        'gateway-1', 1, at
    FROM month;

-- Some requests of the last minutes are still under way.
DELETE FROM month WHERE at > now() - interval '1 minute';

INSERT INTO outcomes (intent, tenant, project, key, model, dialect, kind, code, reason, rule, policy, coverage, attempts, prompt_tokens, cached_tokens,
        completion_tokens, reasoning_tokens, exact, queue_ms, prefill_ms, decode_ms, step_rows, first_token_ms, total_ms, charge_nano, cost_nano,
        recorded_at)
    SELECT id, pg_temp.id_of(1, 1 + caller % 6), pg_temp.id_of(2, caller % 12), pg_temp.id_of(3, caller), model,
        CASE WHEN cause = 3 THEN 'anthropic' ELSE 'openai' END, kind,
        CASE kind WHEN 'failed' THEN (ARRAY['upstream_lost', 'deadline_exceeded', 'no_healthy_node'])[cause]
            WHEN 'refused' THEN (ARRAY['rate_limit_exceeded', 'budget_exceeded', 'content_policy'])[cause] WHEN 'cut' THEN 'content_policy' END,
        CASE kind WHEN 'completed' THEN 'stop' END, CASE WHEN kind = 'cut' THEN 'card' END, '1', '{"texts": 3, "bytes": 1200}',
        CASE WHEN kind IN ('refused', 'not_dispatched') THEN '[]' ELSE jsonb_build_array(jsonb_build_object('node', 'seed-' || node, 'attempt', 1,
            'prompt_tokens', prompt, 'cached_tokens', prompt / 3, 'completion_tokens', completion, 'reasoning_tokens', completion / 4, 'exact', true,
            'queue_ms', 2, 'prefill_ms', first_token, 'decode_ms', 20 * completion, 'step_rows', 2, 'charge_nano', 0, 'cost_nano', 1000)) END,
        CASE WHEN spent THEN prompt ELSE 0 END, CASE WHEN spent THEN prompt / 3 ELSE 0 END, CASE WHEN spent THEN completion ELSE 0 END,
        CASE WHEN spent THEN completion / 4 ELSE 0 END, true, 2, first_token, 20 * completion, 2, CASE WHEN spent THEN first_token END,
        first_token + 20 * completion, CASE WHEN spent THEN (prompt - prompt / 3) * 300 + prompt / 3 * 60 + completion * 1200 ELSE 0 END,
        CASE WHEN spent THEN 1000 ELSE 0 END, at + (first_token + 20 * completion) * interval '1 millisecond'
    FROM (SELECT *, kind NOT IN ('refused', 'not_dispatched') AS spent FROM month) asked;

INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens, cached_tokens, completion_tokens,
        reasoning_tokens, exact, due, charge_nano, cost_nano, recorded_at)
    SELECT id, 1, 'usage', pg_temp.id_of(1, 1 + caller % 6), pg_temp.id_of(2, caller % 12), pg_temp.id_of(3, caller), model, 'seed-' || node, 1,
        prompt, prompt / 3, completion, completion / 4, true, true, (prompt - prompt / 3) * 300 + prompt / 3 * 60 + completion * 1200, 1000,
        at + (first_token + 20 * completion) * interval '1 millisecond'
    FROM month WHERE kind NOT IN ('refused', 'not_dispatched');
INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens, cached_tokens, completion_tokens,
        reasoning_tokens, exact, due, charge_nano, cost_nano, recorded_at)
    SELECT id, 1, 'correction', pg_temp.id_of(1, 1 + caller % 6), pg_temp.id_of(2, caller % 12), pg_temp.id_of(3, caller), model, 'seed-' || node, 1,
        0, 0, 5, 0, true, true, 6000, 0, at + interval '1 hour'
    FROM month WHERE kind = 'left' AND cause = 1;

-- Budgets of the month: of the first tenant spent, of the second nearly.
INSERT INTO limits (id, tenant, level, what, per, amount, soft_percent)
    SELECT pg_temp.id_of(4, n), pg_temp.id_of(1, n), 'tenant', 'charge', 'month', 1000000000::bigint * n, 80 FROM generate_series(1, 4) AS n;
INSERT INTO buckets (limit_id, since, kind, spent, at)
    SELECT pg_temp.id_of(4, n),
        (extract(epoch FROM date_trunc('month', now() AT TIME ZONE t.time_zone) AT TIME ZONE t.time_zone) * 1000000)::bigint, 'window',
        CASE n WHEN 1 THEN 1000000000 WHEN 2 THEN 1700000000 ELSE 1000000 END, (extract(epoch FROM now()) * 1000000)::bigint
    FROM generate_series(1, 4) AS n JOIN tenants t ON t.id = pg_temp.id_of(1, n);

-- An act for every fiftieth request, and the nodes' own.
INSERT INTO acts (id, tenant, actor, address, what, target, before, after, recorded_at)
    SELECT pg_temp.id_at(at), pg_temp.id_of(1, 1 + n % 6), 'user-' || n % 17, '10.0.0.1',
        (ARRAY['key.create', 'key.change', 'key.rotate', 'key.revoke', 'limit.change', 'project.create'])[1 + n % 6], pg_temp.id_of(3, n % 30),
        jsonb_build_object('name', 'before'), jsonb_build_object('name', 'key-' || n % 30), at
    FROM (SELECT n, now() - random() * interval '30 days' AS at FROM generate_series(1, current_setting('seed.requests')::integer / 50) AS n) done;
INSERT INTO acts (id, actor, address, what, target, before, after, recorded_at)
    SELECT pg_temp.id_at(at), 'gatehouse', '', what, (SELECT id FROM nodes WHERE name = 'seed-3'), NULL, '{"name": "seed-3"}', at
    FROM generate_series(1, 20) AS n, LATERAL (VALUES ('node.lost', now() - n * interval '1 day'),
        ('node.returned', now() - n * interval '1 day' + interval '10 minutes')) AS event (what, at);

UPDATE rollups SET seen_to = '-infinity' WHERE name LIKE '%_hours';
DROP TABLE month, hours;
