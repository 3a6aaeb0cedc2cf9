package dev.gatehouse.gateway.vocabulary;

import java.util.Optional;
import java.util.UUID;

/**
 * More of a limit is used than its owner wanted to hear of; told once in each of its periods, inside a transaction that listeners take part
 * in.
 *
 * @param limit the limit's id
 * @param tenant whose it is; empty for the organisation's
 * @param level {@code organisation}, {@code tenant}, {@code project} or {@code key}
 * @param subject the tenant, project or key
 * @param what the limit counts, as {@code charge}
 * @param spent units that are used: of a charge nano-units of the currency
 * @param amount units that the limit allows in the period
 * @param percent the share from which the owner is told
 */
public record SoftLimitPassed(
        UUID limit,
        Optional<TenantId> tenant,
        String level,
        UUID subject,
        String what,
        long spent,
        long amount,
        int percent) {}
