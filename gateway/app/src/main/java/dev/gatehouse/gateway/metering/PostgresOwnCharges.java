package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.Types;
import org.springframework.stereotype.Component;

/** The table {@code usage_hours}, by the owners of keys. */
@Component
final class PostgresOwnCharges implements OwnCharges {

    /** No month is longer than 31 days. */
    private static final String THIS_MONTH = """
            SELECT coalesce(sum(u.charge_nano), 0)::bigint
            FROM keys k JOIN tenants t ON t.id = k.tenant JOIN usage_hours u ON u.key = k.id
            WHERE k.owner = :user AND u.hour > now() - interval '32 days'
              AND u.hour >= date_trunc('month', now() AT TIME ZONE t.time_zone) AT TIME ZONE t.time_zone
            """;

    private final PostgresSight sight;

    PostgresOwnCharges(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public long thisMonth(Actor actor) {
        return sight.read(
                actor,
                client -> client.sql(THIS_MONTH)
                        .param("user", actor.user().map(UserId::value).orElse(null), Types.OTHER)
                        .query(Long.class)
                        .single());
    }
}
