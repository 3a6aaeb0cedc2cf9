-- Who may use how much. A limit of the organisation binds all tenants together and belongs to none.

ALTER TABLE tenants ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC'
    CHECK (time_zone ~ '^[A-Za-z]+(/[A-Za-z0-9_+-]+)*$' AND (timestamptz 'epoch' AT TIME ZONE time_zone) IS NOT NULL);
COMMENT ON COLUMN tenants.time_zone IS 'By whose calendar the tenant''s days, months and quarters begin';

CREATE TABLE limits (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    tenant       uuid REFERENCES tenants ON DELETE CASCADE,
    level        text NOT NULL CHECK (level IN ('organisation', 'tenant', 'project', 'key')),
    subject      uuid,
    model        text CHECK (btrim(model) <> '' AND length(model) <= 256),
    what         text NOT NULL
        CHECK (what IN ('requests', 'input_tokens', 'output_tokens', 'total_tokens', 'streams', 'charge')),
    per          text CHECK (per IN ('minute', 'hour', 'day', 'month', 'quarter')),
    amount       bigint NOT NULL CHECK (amount > 0 AND amount <= 1000000000000000000),
    soft_percent integer CHECK (soft_percent BETWEEN 1 AND 100),
    created_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant, id),
    UNIQUE NULLS NOT DISTINCT (tenant, level, subject, model, what, per),
    CONSTRAINT whom CHECK (
        CASE level
            WHEN 'organisation' THEN tenant IS NULL AND subject IS NULL
            WHEN 'tenant' THEN tenant IS NOT NULL AND subject IS NULL
            ELSE tenant IS NOT NULL AND subject IS NOT NULL
        END),
    CONSTRAINT streams_have_no_period CHECK ((what = 'streams') = (per IS NULL)),
    CONSTRAINT money_goes_by_the_calendar CHECK (what <> 'charge' OR per IN ('day', 'month', 'quarter')),
    CONSTRAINT warnings_go_by_the_calendar CHECK (soft_percent IS NULL OR per IN ('day', 'month', 'quarter')),
    CONSTRAINT flows_are_countable CHECK (
        CASE per WHEN 'minute' THEN amount <= 100000000000 WHEN 'hour' THEN amount <= 2000000000 ELSE true END)
);
COMMENT ON COLUMN limits.subject IS 'The project or the key';
COMMENT ON COLUMN limits.model IS 'Null: all models together';
COMMENT ON COLUMN limits.amount IS 'Of charge: nano-units of the currency';
COMMENT ON COLUMN limits.soft_percent IS 'Share of the amount from which a warning is given';
COMMENT ON CONSTRAINT flows_are_countable ON limits IS 'Amount times microseconds of the period is within a bigint';

CREATE TABLE limit_overrides (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    tenant      uuid REFERENCES tenants ON DELETE CASCADE,
    limit_id    uuid NOT NULL REFERENCES limits ON DELETE CASCADE,
    amount      bigint NOT NULL CHECK (amount > 0 AND amount <= 1000000000000000000),
    valid_from  timestamptz NOT NULL DEFAULT now(),
    valid_until timestamptz NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    CHECK (valid_from < valid_until),
    FOREIGN KEY (tenant, limit_id) REFERENCES limits (tenant, id) ON DELETE CASCADE
);
CREATE INDEX limit_overrides_by_limit ON limit_overrides (limit_id);
COMMENT ON TABLE limit_overrides IS 'Another amount of a limit for a time; of two at once the later made one holds';

-- An override that a flow could not count is refused like such a limit.
CREATE FUNCTION check_override() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    period text;
BEGIN
    SELECT per INTO period FROM limits WHERE id = NEW.limit_id;
    IF (period = 'minute' AND NEW.amount > 100000000000) OR (period = 'hour' AND NEW.amount > 2000000000) THEN
        RAISE EXCEPTION 'an override of a limit per % may be at most % units', period,
            CASE period WHEN 'minute' THEN 100000000000 ELSE 2000000000 END USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER countable BEFORE INSERT OR UPDATE ON limit_overrides FOR EACH ROW EXECUTE FUNCTION check_override();

-- Every gateway keeps the limits in memory and reads them again when it is told.
CREATE FUNCTION tell_limits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('limits', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON limits FOR EACH STATEMENT EXECUTE FUNCTION tell_limits();
CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON limit_overrides FOR EACH STATEMENT EXECUTE FUNCTION tell_limits();
CREATE TRIGGER told AFTER UPDATE OF time_zone ON tenants FOR EACH STATEMENT EXECUTE FUNCTION tell_limits();

-- What was a column is a row now. The owner sees rows only while row-level security is not forced.
ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY;
ALTER TABLE keys NO FORCE ROW LEVEL SECURITY;
INSERT INTO limits (tenant, level, what, per, amount)
    SELECT id, 'tenant', 'requests', 'minute', requests_per_minute FROM tenants WHERE requests_per_minute IS NOT NULL;
INSERT INTO limits (tenant, level, subject, what, per, amount)
    SELECT tenant, 'key', id, 'requests', 'minute', requests_per_minute FROM keys WHERE requests_per_minute IS NOT NULL;
ALTER TABLE tenants DROP COLUMN requests_per_minute;
ALTER TABLE keys DROP COLUMN requests_per_minute;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE keys FORCE ROW LEVEL SECURITY;

ALTER TABLE limits ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE limit_overrides ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON limits TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own ON limit_overrides TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY every ON limits TO gh_core USING (true);
CREATE POLICY every ON limit_overrides TO gh_core USING (true);

GRANT SELECT ON limits, limit_overrides TO gh_tenant;
GRANT SELECT, INSERT, UPDATE (amount, soft_percent), DELETE ON limits TO gh_core;
GRANT SELECT, INSERT, DELETE ON limit_overrides TO gh_core;
GRANT UPDATE (time_zone) ON tenants TO gh_tenant;
