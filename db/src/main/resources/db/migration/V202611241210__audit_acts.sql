CREATE TABLE acts (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    tenant      uuid,
    actor       text NOT NULL,
    address     text NOT NULL,
    what        text NOT NULL,
    target      uuid NOT NULL,
    before      jsonb CHECK (jsonb_typeof(before) = 'object'),
    after       jsonb CHECK (jsonb_typeof(after) = 'object'),
    recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX acts_by_target ON acts (target, id);
COMMENT ON TABLE acts IS 'What administrators did; each row is written in the transaction of the act itself';
COMMENT ON COLUMN acts.tenant IS 'Whose affair it is; null: the installation''s';
COMMENT ON COLUMN acts.address IS 'Where the actor called from; empty: an act of the gateway itself';
COMMENT ON COLUMN acts.before IS 'The target as it was, without secrets; null: it was made';
COMMENT ON COLUMN acts.after IS 'The target as it is, without secrets; null: it is gone';

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON acts EXECUTE FUNCTION refuse_change();

ALTER TABLE acts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON acts FOR INSERT TO gh_tenant WITH CHECK (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY append ON acts FOR INSERT TO gh_core WITH CHECK (true);
GRANT INSERT ON acts TO gh_tenant, gh_core;
