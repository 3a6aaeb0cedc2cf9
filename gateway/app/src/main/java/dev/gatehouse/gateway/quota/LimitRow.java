package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A limit before anybody has looked what is used of it.
 *
 * @param tenant whose it is; empty for one of the organisation
 */
record LimitRow(Limit limit, Optional<TenantId> tenant, Instant created, List<StoredLimit.Temporary> overrides) {

    LimitRow with(List<StoredLimit.Temporary> others) {
        return new LimitRow(
                limit.with(others.stream().map(StoredLimit.Temporary::what).toList()), tenant, created, others);
    }

    /** For the record of acts. */
    Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("level", limit.level().wire());
        told.put("subject", limit.subject().toString());
        limit.model().ifPresent(name -> told.put("model", name.value()));
        told.put("what", limit.measure().wire());
        limit.period().wire().ifPresent(per -> told.put("per", per));
        told.put("amount", limit.measure().write(limit.amount()));
        limit.soft().ifPresent(percent -> told.put("softPercent", percent));
        told.put("overrides", overrides.stream().map(this::told).toList());
        return told;
    }

    private String told(StoredLimit.Temporary override) {
        return "%s from %s until %s"
                .formatted(
                        limit.measure().write(override.what().amount()),
                        override.what().from(),
                        override.what().until());
    }
}
