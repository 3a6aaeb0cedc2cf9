package dev.gatehouse.gateway.database;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where PostgreSQL is and how much of it a gateway takes.
 *
 * @param url JDBC URL, without user and password
 * @param pooled the URL leads to a pooler that gives connections out by transaction, such as PgBouncer
 * @param directUrl past the pooler, for migrations and locks; the same as {@code url} without one
 * @param tenantConnections most connections that work for one tenant at a time
 * @param coreConnections most connections for look-ups over all tenants
 */
@Validated
@ConfigurationProperties(prefix = "gatehouse.database", ignoreUnknownFields = false)
record DatabaseProperties(
        @NotNull @Pattern(regexp = POSTGRESQL, message = URL_WANTED)
        String url,

        @DefaultValue("false") boolean pooled,

        @Nullable @Pattern(regexp = POSTGRESQL, message = URL_WANTED)
        String directUrl,

        @DefaultValue("4") @Min(1) @Max(100) int tenantConnections,
        @DefaultValue("4") @Min(1) @Max(100) int coreConnections) {

    private static final String POSTGRESQL = "jdbc:postgresql:(?!.*[?&]password=).*";
    private static final String URL_WANTED =
            "must be a URL like jdbc:postgresql://host:5432/database; passwords are files of the secrets directory";

    @AssertTrue(message = "needs gatehouse.database.direct-url: migrations and locks do not work through a pooler")
    boolean isPooledWithDirectUrl() {
        return !pooled || directUrl != null;
    }

    String direct() {
        return directUrl == null ? url : directUrl;
    }
}
