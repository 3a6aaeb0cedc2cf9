-- A node's coming and going is told of once, by the gateway whose statement changed the row. Acts name it by its id.

ALTER TABLE nodes
    ADD COLUMN id uuid NOT NULL DEFAULT uuidv7() UNIQUE,
    ADD COLUMN lost_at timestamptz;
COMMENT ON COLUMN nodes.lost_at IS 'When it was found silent; null: it has reported since';
