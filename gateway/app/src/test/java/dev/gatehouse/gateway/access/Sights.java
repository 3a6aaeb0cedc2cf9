package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.TenantTransactions;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.Optional;
import java.util.function.Consumer;

/** What users see, for other rooms' tests. */
public final class Sights {

    private Sights() {}

    public static PostgresSight of(CoreDatabase core, TenantTransactions tenants, Consumer<Object> events) {
        return new PostgresSight(core, tenants, events);
    }

    /** A user who reads everything of a tenant, or of all. */
    public static Actor auditor(Optional<TenantId> tenant) {
        return new Actor("auditor", Role.AUDITOR, tenant, "");
    }
}
