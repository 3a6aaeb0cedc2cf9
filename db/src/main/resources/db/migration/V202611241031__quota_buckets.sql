-- What is used of each limit, and which gateway has leased what is left. A bucket has no foreign key to its limit: the default of a key
-- or a tenant has none, and what was used outlives the limit.

CREATE TABLE buckets (
    limit_id uuid NOT NULL,
    since    bigint NOT NULL,
    kind     text NOT NULL CHECK (kind IN ('flow', 'window', 'gauge')),
    spent    bigint NOT NULL DEFAULT 0 CHECK (spent >= 0),
    leased   bigint NOT NULL DEFAULT 0,
    level    bigint NOT NULL DEFAULT 0,
    at       bigint NOT NULL,
    PRIMARY KEY (limit_id, since)
) WITH (fillfactor = 50);
COMMENT ON COLUMN buckets.limit_id IS 'The limit; of a default the key or the tenant';
COMMENT ON COLUMN buckets.since IS 'When the window began, microseconds since the epoch; 0 where there are none';
COMMENT ON COLUMN buckets.level IS 'Of a flow: what is left, in units times microseconds, at the moment at';
COMMENT ON COLUMN buckets.at IS 'Microseconds since the epoch';

CREATE TABLE leases (
    limit_id   uuid NOT NULL,
    since      bigint NOT NULL,
    start_id   bigint NOT NULL REFERENCES gateways,
    units      bigint NOT NULL CHECK (units >= 0),
    reported   bigint NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (limit_id, since, start_id),
    FOREIGN KEY (limit_id, since) REFERENCES buckets
) WITH (fillfactor = 50);
CREATE INDEX leases_by_gateway ON leases (start_id);
COMMENT ON COLUMN leases.units IS 'Leased to the gateway and not yet reported as used';
COMMENT ON COLUMN leases.reported IS 'What the gateway has reported as used, in all';
COMMENT ON COLUMN leases.expires_at IS 'Until then it comes back only from the gateway itself';

GRANT SELECT, INSERT, UPDATE (spent, leased, level, at) ON buckets TO gh_core;
GRANT SELECT, INSERT, UPDATE (units, reported, expires_at), DELETE ON leases TO gh_core;
