package dev.gatehouse.launcher;

import java.util.List;
import java.util.Optional;

/**
 * Where the gateways find PostgreSQL.
 *
 * @param url JDBC URL
 * @param direct JDBC URL past the pooler that {@code url} leads through; empty where there is none
 */
record DatabaseAddress(String url, Optional<String> direct) {

    /** That of a PostgreSQL without a pooler. */
    static DatabaseAddress of(String url) {
        return new DatabaseAddress(url, Optional.empty());
    }

    /** JDBC URL of PostgreSQL itself. */
    String server() {
        return direct.orElse(url);
    }

    /** The properties of a gateway that lead it there, as arguments. */
    List<String> arguments() {
        String main = "--gatehouse.database.url=" + url;
        return direct.map(past ->
                        List.of(main, "--gatehouse.database.pooled=true", "--gatehouse.database.direct-url=" + past))
                .orElse(List.of(main));
    }
}
