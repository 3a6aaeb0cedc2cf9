-- One price list: what a caller owes for a model, and from when. Of two that hold at once the later begun one counts.

CREATE TABLE prices (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    model       uuid NOT NULL REFERENCES models ON DELETE CASCADE,
    valid_from  timestamptz NOT NULL DEFAULT now(),
    valid_until timestamptz,
    uncached    bigint NOT NULL DEFAULT 0 CHECK (uncached BETWEEN 0 AND 1000000000),
    cached      bigint NOT NULL DEFAULT 0 CHECK (cached BETWEEN 0 AND 1000000000),
    reasoning   bigint CHECK (reasoning BETWEEN 0 AND 1000000000),
    output      bigint NOT NULL DEFAULT 0 CHECK (output BETWEEN 0 AND 1000000000),
    per_call    bigint NOT NULL DEFAULT 0 CHECK (per_call BETWEEN 0 AND 1000000000000000),
    UNIQUE (model, valid_from),
    CHECK (valid_from < valid_until)
);
COMMENT ON COLUMN prices.valid_until IS 'Excluded; null: until another one begins';
COMMENT ON COLUMN prices.uncached IS 'Nano-units of the currency for one prompt token that is computed';
COMMENT ON COLUMN prices.cached IS 'Nano-units of the currency for one prompt token that is not computed again';
COMMENT ON COLUMN prices.reasoning IS 'Nano-units of the currency for one completion token that is thinking; null: as output';
COMMENT ON COLUMN prices.output IS 'Nano-units of the currency for one other completion token';
COMMENT ON COLUMN prices.per_call IS 'Nano-units of the currency for a call that was accepted';

CREATE TABLE tariffs (
    valid_from timestamptz PRIMARY KEY DEFAULT now(),
    node_hour  bigint NOT NULL CHECK (node_hour BETWEEN 0 AND 1000000000000)
);
COMMENT ON TABLE tariffs IS 'What our own nodes cost us; each holds until another one begins';
COMMENT ON COLUMN tariffs.node_hour IS 'Nano-units of the currency for an hour of one node';

INSERT INTO prices (model, valid_from, uncached, cached, output)
    SELECT model, 'epoch', least(max(price_uncached), 1000000000), least(max(price_cached), 1000000000), least(max(price_output), 1000000000)
    FROM routes GROUP BY model HAVING max(greatest(price_uncached, price_cached, price_output)) > 0;
ALTER TABLE routes DROP COLUMN price_uncached, DROP COLUMN price_cached, DROP COLUMN price_output;

ALTER TABLE outcomes ADD COLUMN cost_nano bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN outcomes.charge_nano IS 'What the caller owes, nano-units of the currency';
COMMENT ON COLUMN outcomes.cost_nano IS 'What it cost us, nano-units of the currency';

GRANT SELECT, INSERT, UPDATE (valid_until) ON prices TO gh_core;
GRANT SELECT, INSERT ON tariffs TO gh_core;
