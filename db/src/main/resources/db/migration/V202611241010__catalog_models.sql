CREATE TABLE models (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    name       text NOT NULL UNIQUE CHECK (btrim(name) <> '' AND length(name) <= 256),
    owned_by   text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE routes (
    id             uuid PRIMARY KEY DEFAULT uuidv7(),
    model          uuid NOT NULL REFERENCES models ON DELETE CASCADE,
    preference     integer NOT NULL DEFAULT 0,
    kind           text NOT NULL CHECK (kind IN ('nodes')),
    upstream       text NOT NULL,
    price_uncached bigint NOT NULL DEFAULT 0 CHECK (price_uncached >= 0),
    price_cached   bigint NOT NULL DEFAULT 0 CHECK (price_cached >= 0),
    price_output   bigint NOT NULL DEFAULT 0 CHECK (price_output >= 0),
    UNIQUE (model, kind, upstream)
);
COMMENT ON COLUMN routes.preference IS 'Lowest first';
COMMENT ON COLUMN routes.upstream IS 'The model''s name at the backend';
COMMENT ON COLUMN routes.price_uncached IS 'Nano-units of the currency for one prompt token that is computed';
COMMENT ON COLUMN routes.price_cached IS 'Nano-units of the currency for one prompt token that is not computed again';
COMMENT ON COLUMN routes.price_output IS 'Nano-units of the currency for one completion token';

GRANT SELECT, INSERT ON models, routes TO gh_core;
