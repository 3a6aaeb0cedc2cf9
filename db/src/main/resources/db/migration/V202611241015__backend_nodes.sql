CREATE TABLE nodes (
    name         text PRIMARY KEY CHECK (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    registration jsonb NOT NULL,
    heard_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN nodes.registration IS 'The node''s last report, as the node protocol defines it';

GRANT SELECT, INSERT, UPDATE ON nodes TO gh_core;
