-- An outcome tells in which dialect it was asked for, and its indexes hold that too, so that no list looks up intents for it.

-- The owner sees and changes rows only while row-level security is not forced and the tables' own guard is off: for this one transaction.
ALTER TABLE outcomes ADD COLUMN dialect text;
ALTER TABLE intents NO FORCE ROW LEVEL SECURITY;
ALTER TABLE outcomes NO FORCE ROW LEVEL SECURITY;
ALTER TABLE outcomes DISABLE TRIGGER append_only;
UPDATE outcomes o SET dialect = i.dialect FROM intents i WHERE i.id = o.intent;
ALTER TABLE outcomes ENABLE TRIGGER append_only;
ALTER TABLE outcomes FORCE ROW LEVEL SECURITY;
ALTER TABLE intents FORCE ROW LEVEL SECURITY;
ALTER TABLE outcomes ALTER COLUMN dialect SET NOT NULL;
COMMENT ON COLUMN outcomes.dialect IS 'The intent''s';

ALTER TABLE outcomes
    DROP CONSTRAINT outcomes_pkey,
    ADD PRIMARY KEY (intent) INCLUDE (model, dialect, kind, code, first_token_ms, total_ms, charge_nano);
DROP INDEX outcomes_by_tenant, outcomes_not_completed;
CREATE INDEX outcomes_by_tenant ON outcomes (tenant, intent)
    INCLUDE (project, key, model, dialect, kind, code, first_token_ms, total_ms, charge_nano);
CREATE INDEX outcomes_not_completed ON outcomes (kind, intent) INCLUDE (tenant, project, key, model, dialect, code) WHERE kind <> 'completed';

-- Whoever asks for slow requests asks for few of many: so short waits are in no index.
CREATE INDEX outcomes_late ON outcomes (intent) INCLUDE (tenant, project, key, model, dialect, kind, code, first_token_ms, total_ms)
    WHERE first_token_ms >= 1000;
CREATE INDEX outcomes_long ON outcomes (intent) INCLUDE (tenant, project, key, model, dialect, kind, code, first_token_ms, total_ms)
    WHERE total_ms >= 30000;

-- The counts of the hours are made again, by dialect too.
TRUNCATE request_hours;
ALTER TABLE request_hours
    ADD COLUMN dialect text NOT NULL,
    DROP CONSTRAINT request_hours_pkey,
    ADD PRIMARY KEY (hour, tenant, project, key, model, dialect, kind) INCLUDE (requests);
UPDATE rollups SET seen_to = '-infinity' WHERE name = 'request_hours';

-- What a tenant or a project waited for is read from one place of an index, without the table.
DROP INDEX latency_hours_of_tenants, latency_hours_of_projects;
CREATE UNIQUE INDEX latency_hours_of_tenants ON latency_hours (tenant, hour, model, bucket) INCLUDE (requests)
    WHERE tenant IS NOT NULL AND key IS NULL;
CREATE INDEX latency_hours_of_projects ON latency_hours (project, hour) INCLUDE (tenant, key, model, bucket, requests) WHERE key IS NOT NULL;
