-- Prices and tariffs are made by people: a tariff gets a name, what has not begun can be taken back, and gateways are told at once.

ALTER TABLE tariffs ADD COLUMN id uuid NOT NULL DEFAULT uuidv7() UNIQUE;

GRANT DELETE ON prices, tariffs TO gh_core;

CREATE FUNCTION tell_catalog() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('catalog', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON models FOR EACH STATEMENT EXECUTE FUNCTION tell_catalog();
CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON prices FOR EACH STATEMENT EXECUTE FUNCTION tell_catalog();
CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON tariffs FOR EACH STATEMENT EXECUTE FUNCTION tell_catalog();
