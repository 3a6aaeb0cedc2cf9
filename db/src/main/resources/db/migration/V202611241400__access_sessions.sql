-- Users sign in to the console with a password or with a link that is good once. Of the secrets in cookies and links only digests are kept.

ALTER TABLE users ALTER COLUMN password DROP NOT NULL;
ALTER TABLE users
    ADD COLUMN has_password boolean NOT NULL GENERATED ALWAYS AS (password IS NOT NULL) STORED,
    ADD COLUMN seen_at      timestamptz;
COMMENT ON COLUMN users.password IS 'A salted slow hash, after the name of its algorithm in braces; null: not set yet';
COMMENT ON COLUMN users.seen_at IS 'The last request, a minute inexact';

CREATE TABLE sessions (
    digest     bytea PRIMARY KEY CHECK (length(digest) = 32),
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    resets     boolean NOT NULL,
    made_at    timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
COMMENT ON COLUMN sessions.digest IS 'SHA-256 of the token in the cookie';
COMMENT ON COLUMN sessions.resets IS 'The user may set a password without giving the old one';
COMMENT ON COLUMN sessions.seen_at IS 'The last request, a minute inexact';
COMMENT ON COLUMN sessions.expires_at IS 'The end even of a session in use';

CREATE TABLE sign_in_links (
    digest     bytea PRIMARY KEY CHECK (length(digest) = 32),
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    resets     boolean NOT NULL,
    made_at    timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX sign_in_links_by_user ON sign_in_links (user_id);
COMMENT ON TABLE sign_in_links IS 'Each is deleted by the sign-in that uses it';
COMMENT ON COLUMN sign_in_links.digest IS 'SHA-256 of the token in the link';
COMMENT ON COLUMN sign_in_links.resets IS 'The session that it begins may set a password without the old one';

ALTER TABLE sign_in_links ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY own ON users TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own ON sign_in_links FOR INSERT TO gh_tenant WITH CHECK (EXISTS (SELECT FROM users WHERE users.id = user_id));
CREATE POLICY every ON sign_in_links TO gh_core USING (true);

GRANT SELECT (id, name, tenant, role, created_at, has_password, seen_at), INSERT (name, tenant, role), UPDATE (role), DELETE ON users TO gh_tenant;
GRANT UPDATE (role, seen_at), DELETE ON users TO gh_core;
GRANT INSERT ON sign_in_links TO gh_tenant;
GRANT SELECT, INSERT, DELETE ON sign_in_links TO gh_core;
GRANT SELECT, INSERT, UPDATE (resets, seen_at), DELETE ON sessions TO gh_core;
