package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The tables {@code ledger} and {@code outcomes}, by node. */
@Component
final class PostgresNodeTraffic implements NodeTraffic {

    private static final String LOADS = """
            SELECT l.node, count(DISTINCT l.request) AS requests, count(DISTINCT l.request) FILTER (WHERE o.kind = 'failed') AS failed
            FROM ledger l JOIN outcomes o ON o.intent = l.request
            WHERE l.kind = 'usage' AND l.request >= first_id(:since) AND l.request < first_id(now() + interval '1 hour')
              AND o.intent >= first_id(:since)
            GROUP BY l.node""";

    private final CoreDatabase core;

    PostgresNodeTraffic(CoreDatabase core) {
        this.core = core;
    }

    @Override
    public Map<NodeName, Load> since(Instant moment) {
        return core
                .transact(client -> PostgresFilter.planning(client)
                        .sql(LOADS)
                        .param("since", Timestamp.from(moment))
                        .query((row, _) -> Map.entry(
                                new NodeName(row.getString("node")),
                                new Load(row.getLong("requests"), row.getLong("failed"))))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
