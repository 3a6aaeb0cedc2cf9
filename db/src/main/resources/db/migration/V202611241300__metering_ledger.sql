-- What was used, by whom and at what price: a line for each dispatch of a request, written in the transaction of its outcome. A line is
-- never changed; what turns out otherwise later is a correction, which is added to it. The lines of a month are a partition, by the time
-- in the request's id (UUID version 7), so that (request, attempt, kind) is unique and old months can be dropped.

CREATE TABLE ledger (
    request           uuid NOT NULL,
    attempt           integer NOT NULL CHECK (attempt > 0),
    kind              text NOT NULL CHECK (kind IN ('usage', 'correction')),
    tenant            uuid NOT NULL,
    project           uuid NOT NULL,
    key               uuid NOT NULL,
    model             text NOT NULL,
    node              text NOT NULL,
    start_id          bigint NOT NULL,
    prompt_tokens     bigint NOT NULL,
    cached_tokens     bigint NOT NULL,
    completion_tokens bigint NOT NULL,
    reasoning_tokens  bigint NOT NULL,
    exact             boolean NOT NULL,
    due               boolean NOT NULL,
    charge_nano       bigint NOT NULL,
    cost_nano         bigint NOT NULL,
    recorded_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (request, attempt, kind)
) PARTITION BY RANGE (request);
CREATE INDEX ledger_by_tenant ON ledger (tenant, request);
CREATE INDEX ledger_by_recording ON ledger USING brin (recorded_at);
COMMENT ON COLUMN ledger.request IS 'The intent; its first 48 bits are the time of arrival in milliseconds';
COMMENT ON COLUMN ledger.start_id IS 'The start of the gateway that served the request';
COMMENT ON COLUMN ledger.exact IS 'Counted by whoever generated; otherwise at least these were used';
COMMENT ON COLUMN ledger.due IS 'Whether the caller owes it';
COMMENT ON COLUMN ledger.charge_nano IS 'What the caller owes, in nano-units of the currency; 0 when nothing is due';
COMMENT ON COLUMN ledger.cost_nano IS 'What it cost us, in nano-units of the currency';

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON ledger FOR SELECT TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY every ON ledger FOR SELECT TO gh_core USING (true);
CREATE POLICY append ON ledger FOR INSERT TO gh_append WITH CHECK (true);
GRANT SELECT ON ledger TO gh_tenant, gh_core;
GRANT INSERT ON ledger TO gh_append;

-- The lowest id of version 7 that a moment can have.
CREATE FUNCTION first_id(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- Makes the partition of a moment's month, if it is not there; the gateways' own roles may not make tables.
CREATE FUNCTION open_ledger(moment timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    month timestamp := date_trunc('month', moment AT TIME ZONE 'UTC');
    part  text := 'ledger_' || to_char(month, 'YYYY_MM');
BEGIN
    IF to_regclass(part) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('open_ledger'));
    IF to_regclass(part) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF ledger FOR VALUES FROM (%L) TO (%L)', part,
            first_id(month AT TIME ZONE 'UTC'), first_id((month + interval '1 month') AT TIME ZONE 'UTC'));
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part);
    END IF;
END
$$;
REVOKE ALL ON FUNCTION open_ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_ledger TO gh_core;

-- From last month, whose requests may still end, to three months ahead.
SELECT open_ledger(now() + month * interval '1 month') FROM generate_series(-1, 3) AS month;

-- Sums of the ledger for each hour of arrival. They can be made again from it at any time.
CREATE TABLE usage_hours (
    hour              timestamptz NOT NULL,
    tenant            uuid NOT NULL,
    project           uuid NOT NULL,
    key               uuid NOT NULL,
    model             text NOT NULL,
    requests          bigint NOT NULL,
    attempts          bigint NOT NULL,
    prompt_tokens     bigint NOT NULL,
    cached_tokens     bigint NOT NULL,
    completion_tokens bigint NOT NULL,
    reasoning_tokens  bigint NOT NULL,
    charge_nano       bigint NOT NULL,
    cost_nano         bigint NOT NULL,
    PRIMARY KEY (hour, tenant, project, key, model)
);
COMMENT ON COLUMN usage_hours.requests IS 'Requests that were dispatched at least once';
ALTER TABLE usage_hours ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON usage_hours FOR SELECT TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY every ON usage_hours TO gh_core USING (true);
GRANT SELECT ON usage_hours TO gh_tenant;
GRANT SELECT, INSERT, DELETE ON usage_hours TO gh_core;

CREATE TABLE rollups (
    name    text PRIMARY KEY,
    seen_to timestamptz NOT NULL
);
COMMENT ON COLUMN rollups.seen_to IS 'Up to which recording the sums hold what the ledger holds';
INSERT INTO rollups (name, seen_to) VALUES ('usage_hours', '-infinity');
GRANT SELECT, UPDATE (seen_to) ON rollups TO gh_core;
