-- Addresses of lists that a user has named. Who may see them is the gateway's to say: it asks for the users of one tenant.
CREATE TABLE saved_views (
    id       uuid PRIMARY KEY DEFAULT uuidv7(),
    user_id  uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    page     text NOT NULL CHECK (page ~ '^[a-z]{1,40}$'),
    name     text NOT NULL CHECK (btrim(name) <> '' AND length(name) <= 100),
    search   text NOT NULL CHECK (length(search) <= 2000),
    shared   boolean NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, page, name)
);
COMMENT ON COLUMN saved_views.page IS 'The first part of its path in the console';
COMMENT ON COLUMN saved_views.search IS 'The query of the address, without the question mark';
COMMENT ON COLUMN saved_views.shared IS 'All users of the owner''s tenant, or all of the installation, see it';

GRANT SELECT, INSERT, UPDATE (search, shared, saved_at), DELETE ON saved_views TO gh_core;
