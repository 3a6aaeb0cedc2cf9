package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.TenantId;

/** The tenants' policies. */
interface Policies {

    /**
     * The policy now in force for a tenant; may block on the database.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when it is not known and cannot be looked up;
     *     {@code INTERNAL} when what is stored cannot be understood
     */
    Policy of(TenantId tenant);
}
