package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.database.CoreDatabase;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** The table {@code outcomes} by its moment of recording. */
@Component
final class PostgresLiveSource implements LiveSource {

    private static final String RECORDED = """
            SELECT intent FROM outcomes WHERE recorded_at > now() - :window * interval '1 millisecond' ORDER BY recorded_at DESC LIMIT :most""";

    private final CoreDatabase core;
    private final PostgresSight sight;

    PostgresLiveSource(CoreDatabase core, PostgresSight sight) {
        this.core = core;
        this.sight = sight;
    }

    @Override
    public Set<UUID> recorded(Duration window, int most) {
        return new LinkedHashSet<>(core.query(client -> client.sql(RECORDED)
                .param("window", window.toMillis())
                .param("most", most)
                .query(UUID.class)
                .list()));
    }

    @Override
    public List<Request> seenBy(Actor actor, Collection<UUID> requests) {
        return sight.read(
                        actor,
                        client -> client.sql(PostgresRequestRows.NAMED)
                                .param("ids", new SqlArrayValue("uuid", requests.toArray()))
                                .query((row, _) -> PostgresRequestRows.request(row))
                                .list())
                .reversed();
    }
}
