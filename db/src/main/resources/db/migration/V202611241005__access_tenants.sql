-- Row-level security is forced: not even the owner of the tables, who migrates and does nothing else, sees rows by accident.
-- An unset and an empty app.tenant (what is left of it on a reused connection) both match no row.

CREATE TABLE tenants (
    id                  uuid PRIMARY KEY DEFAULT uuidv7(),
    name                text NOT NULL UNIQUE CHECK (name <> '' AND length(name) <= 200),
    guard_policy        jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(guard_policy) = 'object'),
    requests_per_minute integer CHECK (requests_per_minute > 0),
    created_at          timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN tenants.guard_policy IS 'What departs from the default policy; empty: refuse in, mask out';
COMMENT ON COLUMN tenants.requests_per_minute IS 'Null: the gateway''s default';

CREATE TABLE projects (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    tenant     uuid NOT NULL REFERENCES tenants,
    name       text NOT NULL CHECK (name <> '' AND length(name) <= 200),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant, name),
    UNIQUE (tenant, id)
);

CREATE TABLE peppers (
    version     integer PRIMARY KEY CHECK (version > 0),
    fingerprint bytea NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE peppers IS 'Which peppers keys were made with; the peppers themselves are secrets of the gateway';

CREATE TABLE keys (
    id                  uuid PRIMARY KEY DEFAULT uuidv7(),
    tenant              uuid NOT NULL REFERENCES tenants,
    project             uuid NOT NULL,
    name                text NOT NULL CHECK (name <> '' AND length(name) <= 200),
    prefix              text NOT NULL,
    hmac                bytea NOT NULL UNIQUE CHECK (length(hmac) = 32),
    pepper_version      integer NOT NULL REFERENCES peppers,
    requests_per_minute integer CHECK (requests_per_minute > 0),
    created_at          timestamptz NOT NULL DEFAULT now(),
    expires_at          timestamptz,
    revoked_at          timestamptz,
    FOREIGN KEY (tenant, project) REFERENCES projects (tenant, id)
);
CREATE INDEX keys_by_project ON keys (tenant, project);
COMMENT ON COLUMN keys.prefix IS 'The key''s first characters, by which people recognise it';
COMMENT ON COLUMN keys.hmac IS 'HMAC-SHA-256 of the whole key under the pepper of pepper_version';

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE projects ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY own ON tenants TO gh_tenant USING (id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own ON projects TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own ON keys TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY every ON tenants TO gh_core USING (true);
CREATE POLICY every ON projects FOR SELECT TO gh_core USING (true);
CREATE POLICY every ON keys FOR SELECT TO gh_core USING (true);

GRANT SELECT, UPDATE (name, guard_policy, requests_per_minute) ON tenants TO gh_tenant;
GRANT SELECT, INSERT, UPDATE (name) ON projects TO gh_tenant;
GRANT SELECT (id, tenant, project, name, prefix, pepper_version, requests_per_minute, created_at, expires_at, revoked_at),
    INSERT, UPDATE (name, requests_per_minute, expires_at, revoked_at) ON keys TO gh_tenant;
GRANT SELECT, INSERT ON tenants TO gh_core;
GRANT SELECT ON projects, keys TO gh_core;
GRANT SELECT, INSERT ON peppers TO gh_core;
