-- The roles are created with their passwords by whoever creates the database; migrations only grant.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['owner', 'gh_tenant', 'gh_append', 'gh_core'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name AND rolcanlogin) THEN
            RAISE EXCEPTION 'the role % is missing: create it as a superuser with CREATE ROLE % LOGIN PASSWORD ''…'' and start again', name, name;
        END IF;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = name AND (rolsuper OR rolbypassrls)) THEN
            RAISE EXCEPTION 'the role % passes over row-level security: run ALTER ROLE % NOSUPERUSER NOBYPASSRLS as a superuser and start again', name, name;
        END IF;
    END LOOP;
    IF current_user <> 'owner' THEN
        RAISE EXCEPTION 'migrations run as the role owner, not as %', current_user;
    END IF;
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO gh_tenant, gh_append, gh_core;
