package dev.gatehouse.gateway.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.springframework.core.env.PropertyResolver;

/** Who signs in at PostgreSQL, with which password and which settings of the driver. */
final class PostgresLogins {

    static final String OWNER = "owner";
    static final String TENANT = "gh_tenant";
    static final String APPEND = "gh_append";
    static final String CORE = "gh_core";

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SIGN_IN_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final DatabaseProperties properties;
    private final PropertyResolver secrets;
    private final String application;

    PostgresLogins(DatabaseProperties properties, PropertyResolver secrets, String application) {
        this.properties = properties;
        this.secrets = secrets;
        this.application = application;
    }

    /** The role's password, from its file. */
    String password(String role) {
        String file = "database-" + role.replace("gh_", "");
        String password = secrets.getProperty(file);
        if (password == null || password.isEmpty()) {
            throw new IllegalStateException("the password of the role " + role + " is missing: write it to the file "
                    + file + " in the directory that gatehouse.secrets-directory names");
        }
        return password;
    }

    /** Settings of the driver for connections that may lead through a pooler. */
    private Properties settings() {
        Properties settings = directSettings();
        if (properties.pooled()) {
            settings.setProperty("prepareThreshold", "0");
        }
        return settings;
    }

    /** A connection of its own, through the pooler if there is one. */
    Connection connect(String role) throws SQLException {
        return connect(properties.url(), role, settings());
    }

    /** A connection that keeps its session: what it locks stays locked. */
    Connection connectDirectly(String role) throws SQLException {
        return connect(properties.direct(), role, directSettings());
    }

    private Connection connect(String url, String role, Properties settings) throws SQLException {
        settings.setProperty("user", role);
        settings.setProperty("password", password(role));
        return DriverManager.getConnection(url, settings);
    }

    private Properties directSettings() {
        Properties settings = new Properties();
        settings.setProperty("ApplicationName", application);
        settings.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        settings.setProperty("loginTimeout", Long.toString(SIGN_IN_TIMEOUT.toSeconds()));
        settings.setProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toSeconds()));
        settings.setProperty("tcpKeepAlive", "true");
        return settings;
    }
}
