-- Audit rows refer to tenants, projects and keys without foreign keys: they outlive what they tell of, and one insert is one insert.

CREATE TABLE intents (
    id          uuid PRIMARY KEY,
    tenant      uuid NOT NULL,
    project     uuid NOT NULL,
    key         uuid NOT NULL,
    dialect     text NOT NULL,
    model       text NOT NULL,
    max_input   bigint NOT NULL,
    max_output  bigint,
    choices     integer NOT NULL,
    address     text NOT NULL,
    body_sha256 bytea NOT NULL CHECK (length(body_sha256) = 32),
    gateway     text NOT NULL,
    start_id    bigint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX intents_by_start ON intents (start_id, id);
COMMENT ON COLUMN intents.id IS 'UUID version 7: its first 48 bits are the time of arrival';
COMMENT ON COLUMN intents.max_output IS 'Null: the client set no limit';

CREATE TABLE outcomes (
    intent            uuid PRIMARY KEY,
    tenant            uuid NOT NULL,
    project           uuid NOT NULL,
    key               uuid NOT NULL,
    kind              text NOT NULL
        CHECK (kind IN ('completed', 'refused', 'cut', 'left', 'failed', 'not_dispatched', 'recovered', 'unknown')),
    code              text,
    reason            text,
    rule              text,
    policy            text NOT NULL,
    coverage          jsonb,
    attempts          jsonb NOT NULL,
    prompt_tokens     bigint NOT NULL,
    cached_tokens     bigint NOT NULL,
    completion_tokens bigint NOT NULL,
    reasoning_tokens  bigint NOT NULL,
    exact             boolean NOT NULL,
    queue_ms          real NOT NULL,
    prefill_ms        real NOT NULL,
    decode_ms         real NOT NULL,
    step_rows         real NOT NULL,
    first_token_ms    real,
    total_ms          real NOT NULL,
    charge_nano       bigint NOT NULL,
    recorded_at       timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN outcomes.attempts IS 'One object for each dispatch, in order: node, attempt, usage, meters, charge';
COMMENT ON COLUMN outcomes.prompt_tokens IS 'As the other counts and times, the sum over all attempts';
COMMENT ON COLUMN outcomes.step_rows IS 'Of the last attempt: mean number of sequences that shared its decode steps';
COMMENT ON COLUMN outcomes.first_token_ms IS 'Null: no token left';

-- Grants already forbid changes; this forbids them to a mistaken migration, too.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON intents EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON outcomes EXECUTE FUNCTION refuse_change();

ALTER TABLE intents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE outcomes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY own ON intents FOR SELECT TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own ON outcomes FOR SELECT TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY every ON intents FOR SELECT TO gh_core USING (true);
CREATE POLICY every ON outcomes FOR SELECT TO gh_core USING (true);
CREATE POLICY append ON intents FOR INSERT TO gh_append WITH CHECK (true);
CREATE POLICY append ON outcomes FOR INSERT TO gh_append WITH CHECK (true);

GRANT SELECT ON intents, outcomes TO gh_tenant, gh_core;
GRANT INSERT ON intents, outcomes TO gh_append;
