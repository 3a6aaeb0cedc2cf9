package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;

/** What users' own keys owe. */
public interface OwnCharges {

    /**
     * The charge of this month, by the calendar of each key's tenant, of all keys that the user owns; in nano-units of the currency, up to a minute
     * late.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL cannot be reached
     */
    long thisMonth(Actor actor);
}
