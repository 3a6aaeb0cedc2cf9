package dev.gatehouse.launcher.data;

/** The four roles of the database and the secret files that hold their passwords. */
public enum DatabaseRole {
    OWNER("owner", "database-owner"),
    TENANT("gh_tenant", "database-tenant"),
    APPEND("gh_append", "database-append"),
    CORE("gh_core", "database-core");

    private final String role;
    private final String secret;

    DatabaseRole(String role, String secret) {
        this.role = role;
        this.secret = secret;
    }

    /** Its name in the database. */
    public String role() {
        return role;
    }

    /** The file in {@code DATA/secrets/gateway} that holds its password. */
    public String secret() {
        return secret;
    }
}
