-- A key has a secret, and two while it is being rotated. Secrets get a table of their own; the old columns are copied and dropped. Forced
-- row-level security hides rows even from the owner, so it is lifted for the length of this transaction.

ALTER TABLE keys ADD UNIQUE (tenant, id);

CREATE TABLE key_secrets (
    id             uuid PRIMARY KEY DEFAULT uuidv7(),
    tenant         uuid NOT NULL,
    key            uuid NOT NULL,
    prefix         text NOT NULL,
    hmac           bytea NOT NULL UNIQUE CHECK (length(hmac) = 32),
    pepper_version integer NOT NULL REFERENCES peppers,
    created_at     timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz,
    FOREIGN KEY (tenant, key) REFERENCES keys (tenant, id) ON DELETE CASCADE
);
CREATE INDEX key_secrets_by_key ON key_secrets (key);
COMMENT ON COLUMN key_secrets.prefix IS 'The secret''s first characters, by which people recognise it';
COMMENT ON COLUMN key_secrets.hmac IS 'HMAC-SHA-256 of the whole secret under the pepper of pepper_version';
COMMENT ON COLUMN key_secrets.expires_at IS 'The end of a rotated secret''s grace; null: the key''s own';

ALTER TABLE keys NO FORCE ROW LEVEL SECURITY;
INSERT INTO key_secrets (tenant, key, prefix, hmac, pepper_version, created_at)
    SELECT tenant, id, prefix, hmac, pepper_version, created_at FROM keys;
ALTER TABLE keys FORCE ROW LEVEL SECURITY;
ALTER TABLE keys DROP COLUMN prefix, DROP COLUMN hmac, DROP COLUMN pepper_version;

ALTER TABLE keys
    ADD COLUMN models       text[] CHECK (cardinality(models) BETWEEN 1 AND 100),
    ADD COLUMN endpoints    text[] CHECK (cardinality(endpoints) BETWEEN 1 AND 100),
    ADD COLUMN addresses    text[] CHECK (cardinality(addresses) BETWEEN 1 AND 100),
    ADD COLUMN last_used_at timestamptz;
COMMENT ON COLUMN keys.models IS 'The only models that the key may ask for; null: all';
COMMENT ON COLUMN keys.endpoints IS 'The only groups of paths that the key may call; null: all';
COMMENT ON COLUMN keys.addresses IS 'The only networks that the key may be used from, as CIDR; null: all';
COMMENT ON COLUMN keys.last_used_at IS 'Some seconds late and a second inexact';

CREATE TABLE users (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    name       text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._@+-]{0,99}$'),
    tenant     uuid REFERENCES tenants,
    role       text NOT NULL CHECK (role IN ('owner', 'admin', 'auditor', 'billing', 'developer')),
    password   text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN users.tenant IS 'The only tenant that the user sees; null: the whole installation';
COMMENT ON COLUMN users.password IS 'A salted slow hash, after the name of its algorithm in braces';

ALTER TABLE key_secrets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY own ON key_secrets TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY every ON key_secrets FOR SELECT TO gh_core USING (true);
CREATE POLICY used ON keys FOR UPDATE TO gh_core USING (true);
CREATE POLICY every ON users TO gh_core USING (true);

GRANT SELECT (models, endpoints, addresses, last_used_at), UPDATE (models, endpoints, addresses) ON keys TO gh_tenant;
GRANT SELECT (id, tenant, key, prefix, pepper_version, created_at, expires_at), INSERT, UPDATE (expires_at) ON key_secrets TO gh_tenant;
GRANT UPDATE (last_used_at) ON keys TO gh_core;
GRANT SELECT ON key_secrets TO gh_core;
GRANT SELECT, INSERT, UPDATE (password) ON users TO gh_core;

-- Gateways remember keys for a moment; whoever changes one, by whatever way, makes them forget it.
CREATE FUNCTION tell_of_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('keys', NEW.id::text);
    RETURN NULL;
END
$$;
CREATE FUNCTION tell_of_key_secret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('keys', NEW.key::text);
    RETURN NULL;
END
$$;
CREATE TRIGGER told AFTER UPDATE OF revoked_at, expires_at, models, endpoints, addresses ON keys
    FOR EACH ROW EXECUTE FUNCTION tell_of_key();
CREATE TRIGGER told AFTER INSERT OR UPDATE ON key_secrets FOR EACH ROW EXECUTE FUNCTION tell_of_key_secret();
