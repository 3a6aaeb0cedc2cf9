-- What people ask of requests: lists by any of their marks, counts and quantiles over a month. An outcome tells which model it was about, and
-- its indexes hold all that lists are narrowed by, so that what does not match is passed over without the table.

-- The owner sees and changes rows only while row-level security is not forced and the tables' own guard is off: for this one transaction.
ALTER TABLE outcomes ADD COLUMN model text;
ALTER TABLE intents NO FORCE ROW LEVEL SECURITY;
ALTER TABLE outcomes NO FORCE ROW LEVEL SECURITY;
ALTER TABLE outcomes DISABLE TRIGGER append_only;
UPDATE outcomes o SET model = i.model FROM intents i WHERE i.id = o.intent;
ALTER TABLE outcomes ENABLE TRIGGER append_only;
ALTER TABLE outcomes FORCE ROW LEVEL SECURITY;
ALTER TABLE intents FORCE ROW LEVEL SECURITY;
ALTER TABLE outcomes ALTER COLUMN model SET NOT NULL;
COMMENT ON COLUMN outcomes.model IS 'The intent''s';

ALTER TABLE outcomes
    DROP CONSTRAINT outcomes_pkey,
    ADD PRIMARY KEY (intent) INCLUDE (model, kind, code, first_token_ms, total_ms, charge_nano);
CREATE INDEX outcomes_by_tenant ON outcomes (tenant, intent)
    INCLUDE (project, key, model, kind, code, first_token_ms, total_ms, charge_nano);
CREATE INDEX outcomes_not_completed ON outcomes (kind, intent) INCLUDE (tenant, project, key, model, code) WHERE kind <> 'completed';
CREATE INDEX outcomes_by_recording ON outcomes (recorded_at) INCLUDE (intent, completion_tokens);
CREATE INDEX ledger_by_node ON ledger (node, request);

-- Counts of the outcomes for each hour of arrival. They can be made again from them at any time.
CREATE TABLE request_hours (
    hour     timestamptz NOT NULL,
    tenant   uuid NOT NULL,
    project  uuid NOT NULL,
    key      uuid NOT NULL,
    model    text NOT NULL,
    kind     text NOT NULL,
    requests bigint NOT NULL,
    PRIMARY KEY (hour, tenant, project, key, model, kind)
);

-- How many requests had their first token after how long, in buckets whose bounds grow by the eighth root of two: bucket b holds the
-- milliseconds from 2^(b/8) up to 2^((b+1)/8), and bucket 0 all below too. Counts of any hours, keys and models can be added up, and a quantile
-- read from the sum is within 4.4 % of the true one (DDSketch: Masson, Rim, Lee, PVLDB 12(12), 2019). Beside the counts of each key there are
-- those of each tenant's models, without project and key, and those of all together, without a tenant.
CREATE TABLE latency_hours (
    hour     timestamptz NOT NULL,
    tenant   uuid,
    project  uuid,
    key      uuid,
    model    text,
    bucket   smallint NOT NULL CHECK (bucket >= 0),
    requests bigint NOT NULL,
    CHECK (num_nulls(project, key) IN (0, 2) AND num_nulls(tenant, model) IN (0, 2) AND (key IS NULL OR tenant IS NOT NULL))
);
CREATE UNIQUE INDEX latency_hours_of_all ON latency_hours (hour, bucket) INCLUDE (requests) WHERE tenant IS NULL;
CREATE UNIQUE INDEX latency_hours_of_tenants ON latency_hours (hour, tenant, model, bucket) INCLUDE (requests)
    WHERE tenant IS NOT NULL AND key IS NULL;
CREATE UNIQUE INDEX latency_hours_of_keys ON latency_hours (key, hour, model, bucket) INCLUDE (tenant, project, requests)
    WHERE key IS NOT NULL;
CREATE INDEX latency_hours_of_projects ON latency_hours (project, hour) WHERE key IS NOT NULL;
CREATE INDEX latency_hours_by_hour ON latency_hours (hour);
COMMENT ON COLUMN latency_hours.tenant IS 'Null: all tenants and models together';
COMMENT ON COLUMN latency_hours.key IS 'Null: all projects and keys of the tenant together';

ALTER TABLE request_hours ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE latency_hours ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON request_hours FOR SELECT TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own ON latency_hours FOR SELECT TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY every ON request_hours TO gh_core USING (true);
CREATE POLICY every ON latency_hours TO gh_core USING (true);
GRANT SELECT ON request_hours, latency_hours TO gh_tenant;
GRANT SELECT, INSERT, DELETE ON request_hours, latency_hours TO gh_core;

INSERT INTO rollups (name, seen_to) VALUES ('request_hours', '-infinity');
