package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.backend.Fleet;
import org.springframework.stereotype.Component;

/** By the nodes' reports and the tables {@code keys} and {@code outcomes}. */
@Component
final class PostgresFirstSteps implements FirstSteps {

    private static final String KEY = """
            SELECT EXISTS (SELECT 1 FROM keys WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()))""";

    private static final String REQUEST = "SELECT EXISTS (SELECT 1 FROM outcomes)";

    private final PostgresSight sight;
    private final Fleet fleet;

    PostgresFirstSteps(PostgresSight sight, Fleet fleet) {
        this.sight = sight;
        this.fleet = fleet;
    }

    @Override
    public FirstRun of(Actor actor) {
        boolean ready = fleet.members().stream().anyMatch(node -> node.state() == Fleet.State.READY);
        return sight.read(
                actor,
                client -> new FirstRun(
                        ready,
                        client.sql(KEY).query(Boolean.class).single(),
                        client.sql(REQUEST).query(Boolean.class).single()));
    }
}
