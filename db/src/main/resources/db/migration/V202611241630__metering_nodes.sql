-- How requests ended that were sent to a node, for each hour of arrival; one that was sent to several counts for each. They can be made again from
-- the ledger, whose lines are written with the outcome or after it.
CREATE TABLE node_hours (
    hour     timestamptz NOT NULL,
    tenant   uuid NOT NULL,
    project  uuid NOT NULL,
    key      uuid NOT NULL,
    model    text NOT NULL,
    dialect  text NOT NULL,
    kind     text NOT NULL,
    node     text NOT NULL,
    requests bigint NOT NULL,
    PRIMARY KEY (node, hour, tenant, project, key, model, dialect, kind) INCLUDE (requests)
);
CREATE INDEX node_hours_by_hour ON node_hours (hour);

ALTER TABLE node_hours ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON node_hours FOR SELECT TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY mine ON node_hours AS RESTRICTIVE FOR SELECT TO gh_tenant
    USING ((SELECT sees_all()) OR key = ANY (ARRAY (SELECT id FROM keys WHERE owner = (SELECT seen_owner()))));
CREATE POLICY every ON node_hours TO gh_core USING (true);
GRANT SELECT ON node_hours TO gh_tenant;
GRANT SELECT, INSERT, DELETE ON node_hours TO gh_core;

INSERT INTO rollups (name, seen_to) VALUES ('node_hours', '-infinity');
