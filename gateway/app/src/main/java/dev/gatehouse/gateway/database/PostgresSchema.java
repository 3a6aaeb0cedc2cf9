package dev.gatehouse.gateway.database;

import org.flywaydb.core.Flyway;

/** Proof that the schema is as this gateway knows it. */
final class PostgresSchema {

    private PostgresSchema() {}

    /** Applies the migrations that are missing, on connections that are closed again; several gateways may do so at once. */
    static PostgresSchema migrated(DatabaseProperties properties, PostgresLogins logins) {
        Flyway.configure()
                .dataSource(properties.direct(), PostgresLogins.OWNER, logins.password(PostgresLogins.OWNER))
                .load()
                .migrate();
        return new PostgresSchema();
    }
}
