-- Whose a key is. Beside app.tenant every transaction of a tenant says in app.owner whose keys, and what of them, it sees: 'all', or the id
-- of the one user. Unset, or empty as it is on a reused connection, it sees nobody's.

ALTER TABLE keys
    ADD COLUMN owner      uuid REFERENCES users ON DELETE SET NULL,
    ADD COLUMN owner_name text,
    ADD COLUMN kind       text NOT NULL DEFAULT 'api' CHECK (kind IN ('api', 'console')),
    ADD CHECK (owner_name IS NOT NULL OR (owner IS NULL AND kind = 'api'));
COMMENT ON COLUMN keys.owner IS 'The user who made it for itself; null: the tenant''s, or of a user who is gone';
COMMENT ON COLUMN keys.owner_name IS 'The owner''s name, which stays when the user is gone';
COMMENT ON COLUMN keys.kind IS 'console: what its owner asks in the playground is booked on it; it has no secret';
CREATE INDEX keys_by_owner ON keys (owner) WHERE owner IS NOT NULL;
CREATE UNIQUE INDEX keys_of_console ON keys (project, owner) WHERE kind = 'console' AND revoked_at IS NULL;

CREATE INDEX usage_hours_by_key ON usage_hours (key, hour);

-- Which models a developer may make keys for, and in which projects.
CREATE TABLE grants (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    tenant     uuid NOT NULL,
    project    uuid NOT NULL,
    grantee    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    model      text CHECK (btrim(model) <> '' AND length(model) <= 256),
    granted_by text NOT NULL,
    granted_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (grantee, project, model),
    FOREIGN KEY (tenant, project) REFERENCES projects (tenant, id)
);
COMMENT ON COLUMN grants.model IS 'Null: all models';
COMMENT ON COLUMN grants.granted_at IS 'When it was granted last';

CREATE TABLE access_requests (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    tenant     uuid NOT NULL,
    project    uuid NOT NULL,
    model      text CHECK (btrim(model) <> '' AND length(model) <= 256),
    asker      uuid REFERENCES users ON DELETE SET NULL,
    asker_name text NOT NULL,
    reason     text NOT NULL CHECK (length(reason) <= 2000),
    state      text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'declined')),
    created_at timestamptz NOT NULL DEFAULT now(),
    decided_at timestamptz,
    decided_by text,
    note       text CHECK (length(note) <= 2000),
    FOREIGN KEY (tenant, project) REFERENCES projects (tenant, id),
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((state = 'open') = (decided_by IS NULL))
);
CREATE UNIQUE INDEX access_requests_open ON access_requests (asker, project, model) NULLS NOT DISTINCT WHERE state = 'open';
CREATE INDEX access_requests_by_tenant ON access_requests (tenant, id);
COMMENT ON COLUMN access_requests.model IS 'Null: all models of the project';
COMMENT ON COLUMN access_requests.asker IS 'Null: the user is gone';

-- A console key never has a secret: it is no key that anybody can present.
CREATE FUNCTION refuse_secret_of_console() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM keys WHERE id = NEW.key AND kind = 'console') THEN
        RAISE EXCEPTION 'a console key has no secret' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER secret BEFORE INSERT OR UPDATE OF key ON key_secrets FOR EACH ROW EXECUTE FUNCTION refuse_secret_of_console();

ALTER TABLE grants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE access_requests ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON grants TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own ON access_requests TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY every ON grants FOR SELECT TO gh_core USING (true);
CREATE POLICY every ON access_requests FOR SELECT TO gh_core USING (true);

CREATE FUNCTION sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('app.owner', true), '') = 'all';
CREATE FUNCTION seen_owner() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(nullif(current_setting('app.owner', true), ''), 'all')::uuid;

-- In parentheses with SELECT: PostgreSQL asks once a statement, and not for each row.
CREATE POLICY mine ON keys AS RESTRICTIVE TO gh_tenant
    USING ((SELECT sees_all()) OR owner = (SELECT seen_owner()));
CREATE POLICY mine ON key_secrets AS RESTRICTIVE TO gh_tenant
    USING ((SELECT sees_all()) OR key = ANY (ARRAY (SELECT id FROM keys WHERE owner = (SELECT seen_owner()))));
CREATE POLICY mine ON intents AS RESTRICTIVE FOR SELECT TO gh_tenant
    USING ((SELECT sees_all()) OR key = ANY (ARRAY (SELECT id FROM keys WHERE owner = (SELECT seen_owner()))));
CREATE POLICY mine ON outcomes AS RESTRICTIVE FOR SELECT TO gh_tenant
    USING ((SELECT sees_all()) OR key = ANY (ARRAY (SELECT id FROM keys WHERE owner = (SELECT seen_owner()))));
CREATE POLICY mine ON ledger AS RESTRICTIVE FOR SELECT TO gh_tenant
    USING ((SELECT sees_all()) OR key = ANY (ARRAY (SELECT id FROM keys WHERE owner = (SELECT seen_owner()))));
CREATE POLICY mine ON usage_hours AS RESTRICTIVE FOR SELECT TO gh_tenant
    USING ((SELECT sees_all()) OR key = ANY (ARRAY (SELECT id FROM keys WHERE owner = (SELECT seen_owner()))));
CREATE POLICY mine ON grants AS RESTRICTIVE FOR SELECT TO gh_tenant
    USING ((SELECT sees_all()) OR grantee = (SELECT seen_owner()));
CREATE POLICY mine ON access_requests AS RESTRICTIVE TO gh_tenant
    USING ((SELECT sees_all()) OR asker = (SELECT seen_owner()));

-- Who sees only what is its own decides nothing.
CREATE POLICY made ON grants AS RESTRICTIVE FOR INSERT TO gh_tenant WITH CHECK ((SELECT sees_all()));
CREATE POLICY renewed ON grants AS RESTRICTIVE FOR UPDATE TO gh_tenant USING ((SELECT sees_all()));
CREATE POLICY asked ON access_requests AS RESTRICTIVE FOR INSERT TO gh_tenant WITH CHECK (state = 'open');
CREATE POLICY decided ON access_requests AS RESTRICTIVE FOR UPDATE TO gh_tenant USING ((SELECT sees_all()));

GRANT SELECT (owner, owner_name, kind) ON keys TO gh_tenant;
GRANT SELECT, INSERT, UPDATE (granted_by, granted_at) ON grants TO gh_tenant;
GRANT SELECT, INSERT, UPDATE (state, decided_at, decided_by, note) ON access_requests TO gh_tenant;
GRANT SELECT ON grants, access_requests TO gh_core;
