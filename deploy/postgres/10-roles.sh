#!/bin/sh
# Runs once, when PostgreSQL makes its data directory: the gateway's four roles and its database.
set -eu
role() {
  psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -v name="$1" -v password="$(cat "/run/secrets/$2")" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
SQL
}
role owner database-owner
role gh_tenant database-tenant
role gh_append database-append
role gh_core database-core
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -c 'CREATE DATABASE gatehouse OWNER owner'
