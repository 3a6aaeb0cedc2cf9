-- Acts are read by people: a tenant's by its own users, all by those of the installation. Their ids are in the order of time.

CREATE POLICY own_seen ON acts FOR SELECT TO gh_tenant USING (tenant = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY every ON acts FOR SELECT TO gh_core USING (true);
GRANT SELECT ON acts TO gh_tenant, gh_core;

CREATE INDEX acts_by_tenant ON acts (tenant, id);
CREATE INDEX acts_by_actor ON acts (actor, id);
CREATE INDEX acts_by_what ON acts (what, id);
