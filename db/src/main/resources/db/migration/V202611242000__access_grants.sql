-- Grants are taken back by who gives them.
CREATE POLICY taken ON grants AS RESTRICTIVE FOR DELETE TO gh_tenant USING ((SELECT sees_all()));
GRANT DELETE ON grants TO gh_tenant;
