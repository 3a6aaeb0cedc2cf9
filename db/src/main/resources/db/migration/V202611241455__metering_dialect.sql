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
