package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.database.CoreDatabase;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** A row of the table {@code rollups}. */
@Component
final class PostgresNights implements Nights {

    private static final String BEGIN =
            "UPDATE rollups SET seen_to = :night WHERE name = 'reconciliation' AND seen_to < :night";

    private final CoreDatabase core;

    PostgresNights(CoreDatabase core) {
        this.core = core;
    }

    @Override
    public boolean begin(Instant night) {
        return core.query(client ->
                client.sql(BEGIN).param("night", Timestamp.from(night)).update() == 1);
    }
}
