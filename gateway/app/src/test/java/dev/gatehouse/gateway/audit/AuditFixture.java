package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.access.PostgresSight;

/** For other rooms' tests. */
public final class AuditFixture {

    private AuditFixture() {}

    public static Acts acts(PostgresSight sight) {
        return new PostgresActsRead(sight);
    }
}
