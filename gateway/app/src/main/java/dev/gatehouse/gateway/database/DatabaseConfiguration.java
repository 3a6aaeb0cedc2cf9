package dev.gatehouse.gateway.database;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Opens PostgreSQL: the schema first, then the pools, then the sign of life. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    Instance instance(@Value("${gatehouse.instance.name:gateway-1}") String name) {
        return Instance.starting(name);
    }

    @Bean
    PostgresLogins postgresLogins(DatabaseProperties properties, Environment environment, Instance instance) {
        return new PostgresLogins(properties, environment, "gatehouse " + instance.name());
    }

    @Bean
    PostgresSchema postgresSchema(DatabaseProperties properties, PostgresLogins logins) {
        return PostgresSchema.migrated(properties, logins);
    }

    @Bean
    PostgresPool tenantPool(
            DatabaseProperties properties, PostgresLogins logins, MeterRegistry meters, PostgresSchema migrated) {
        return new PostgresPool(PostgresLogins.TENANT, properties.tenantConnections(), logins, meters);
    }

    @Bean
    PostgresPool corePool(
            DatabaseProperties properties, PostgresLogins logins, MeterRegistry meters, PostgresSchema migrated) {
        return new PostgresPool(PostgresLogins.CORE, properties.coreConnections(), logins, meters);
    }

    @Bean
    TenantTransactions tenantTransactions(@Qualifier("tenantPool") PostgresPool pool) {
        return new PostgresTenantTransactions(pool);
    }

    @Bean
    CoreDatabase coreDatabase(@Qualifier("corePool") PostgresPool pool) {
        return new PostgresCoreDatabase(pool);
    }

    @Bean
    PostgresNotices notices() {
        return new PostgresNotices();
    }

    @Bean
    PostgresPresence postgresPresence(
            Instance instance, PostgresLogins logins, PostgresNotices notices, PostgresSchema migrated)
            throws SQLException {
        return PostgresPresence.announce(instance, logins, notices);
    }

    @Bean
    OpenTransaction openTransaction() {
        return new PostgresOpenTransaction();
    }

    @Bean
    HealthIndicator databaseHealth(CoreDatabase core) {
        return new PostgresHealth(core);
    }

    @Bean
    AppendConnections appendConnections(PostgresLogins logins, PostgresPresence presence) {
        return () -> logins.connect(PostgresLogins.APPEND);
    }
}
