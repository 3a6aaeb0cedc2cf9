-- Who sees only its own keys sees of the sums of hours only those of its own keys too.
CREATE POLICY mine ON request_hours AS RESTRICTIVE FOR SELECT TO gh_tenant
    USING ((SELECT sees_all()) OR key = ANY (ARRAY (SELECT id FROM keys WHERE owner = (SELECT seen_owner()))));
CREATE POLICY mine ON latency_hours AS RESTRICTIVE FOR SELECT TO gh_tenant
    USING ((SELECT sees_all()) OR key = ANY (ARRAY (SELECT id FROM keys WHERE owner = (SELECT seen_owner()))));
