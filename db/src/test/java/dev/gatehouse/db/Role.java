package dev.gatehouse.db;

import java.util.Locale;

/** The four roles of the schema. */
public enum Role {
    /** Migrates. */
    OWNER,
    /** The console: one tenant at a time. */
    GH_TENANT,
    /** Appends intents and outcomes. */
    GH_APPEND,
    /** The gateway's own look-ups, over all tenants. */
    GH_CORE;

    /** The role's name in the database. */
    public String login() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role's password on a test server. */
    public String password() {
        return "secret of " + login();
    }

    /** The file of the gateway's secrets directory that holds the password. */
    public String secretFile() {
        return "database-" + login().replace("gh_", "");
    }
}
