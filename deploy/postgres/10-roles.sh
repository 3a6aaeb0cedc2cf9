#!/bin/sh
# Runs once, when PostgreSQL makes its data directory: the gateway's three roles, beside the owner that the image makes.
set -eu
role() {
  psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v name="$1" -v password="$(cat "/run/secrets/$2")" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
SQL
}
role gh_tenant database-tenant
role gh_append database-append
role gh_core database-core
