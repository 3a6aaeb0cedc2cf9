package dev.gatehouse.gateway.quota;

import java.util.Locale;

/** Whom a limit binds: all that call together, a tenant, one of its projects, or one key. */
public enum Level {
    ORGANISATION("organisation"),
    TENANT("tenant"),
    PROJECT("project"),
    KEY("API key");

    private final String words;

    Level(String words) {
        this.words = words;
    }

    /** Its name in JSON and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As a message names it. */
    String words() {
        return words;
    }
}
