CREATE TABLE gateways (
    start_id   bigint PRIMARY KEY,
    name       text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    closed_at  timestamptz
);
CREATE INDEX gateways_open ON gateways (start_id) WHERE closed_at IS NULL;
COMMENT ON TABLE gateways IS 'Every start of a gateway; a living one holds the advisory lock of its start id';
COMMENT ON COLUMN gateways.closed_at IS 'When it was found dead with an outcome for each of its intents';

GRANT SELECT, INSERT, UPDATE (closed_at) ON gateways TO gh_core;
