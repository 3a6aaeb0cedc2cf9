package dev.gatehouse.gateway.vocabulary;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An administrative act, published inside the transaction that it is done in: what hears of it takes part in that transaction, and an
 * exception undoes the act.
 *
 * @param tenant whose affair it is; empty for the installation's
 * @param actor the name of the user
 * @param address where the user called from; empty for an act of the gateway itself
 * @param what the kind of thing and the verb, such as {@code key.revoke}
 * @param target the thing
 * @param before as it was, without secrets; empty when it was made
 * @param after as it is, without secrets; empty when it is gone
 */
public record Act(
        Optional<TenantId> tenant,
        String actor,
        String address,
        String what,
        UUID target,
        Optional<Map<String, Object>> before,
        Optional<Map<String, Object>> after) {}
