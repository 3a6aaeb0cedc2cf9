package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Administers tenants. A user of one tenant sees and changes that one only. Every change is an {@link
 * dev.gatehouse.gateway.vocabulary.Act}.
 */
public interface Tenants {

    /**
     * Makes a tenant.
     *
     * @param name 1 to 200 characters
     * @throws RefusedException {@code EXISTS} when another has that name; {@code FORBIDDEN} for a user of one tenant
     */
    Tenant create(Actor actor, String name);

    Optional<Tenant> find(Actor actor, TenantId id);

    /** @param name what names contain, in any case; empty for all */
    Page<Tenant> list(Actor actor, Optional<String> name, Paging paging);

    /**
     * Renames a tenant.
     *
     * @throws RefusedException {@code EXISTS} when another has that name
     */
    Optional<Tenant> rename(Actor actor, TenantId id, String name);

    /**
     * Renames a tenant and sets its calendar; periods that have begun by the calendar before are over at once.
     *
     * @throws RefusedException {@code EXISTS} when another has that name
     * @throws IllegalArgumentException when the database does not know the zone
     */
    Optional<Tenant> change(Actor actor, TenantId id, String name, ZoneId zone);
}
