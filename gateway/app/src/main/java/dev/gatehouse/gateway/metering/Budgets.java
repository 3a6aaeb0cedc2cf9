package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.quota.Level;
import dev.gatehouse.gateway.quota.Limits;
import dev.gatehouse.gateway.quota.Measure;
import dev.gatehouse.gateway.quota.Period;
import dev.gatehouse.gateway.quota.StoredLimit;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The limits of money that a user sees, with what is spent of them. */
@Component
final class Budgets {

    /** So many are looked at. */
    private static final int MOST = 1_000;

    private final Limits limits;

    Budgets(Limits limits) {
        this.limits = limits;
    }

    /** Those of a tenant, or of all; at any level where none is given. */
    List<StoredLimit> of(Actor actor, Optional<TenantId> tenant, Optional<Level> level) {
        Limits.Filter filter =
                new Limits.Filter(tenant, level, Optional.empty(), Optional.empty(), Optional.of(Measure.CHARGE));
        List<StoredLimit> all = new ArrayList<>();
        Optional<UUID> after = Optional.empty();
        do {
            Page<StoredLimit> page = limits.list(actor, filter, new Paging(after, Paging.MOST));
            all.addAll(page.items());
            after = page.next();
        } while (after.isPresent() && all.size() < MOST);
        return all;
    }

    /** The one that binds everything of a tenant, or of the organisation, in a month. */
    Optional<StoredLimit> ofMonth(Actor actor, Optional<TenantId> tenant) {
        Level level = tenant.isPresent() ? Level.TENANT : Level.ORGANISATION;
        return of(actor, tenant, Optional.of(level)).stream()
                .filter(Budgets::isOfMonth)
                .findFirst();
    }

    static boolean isOfMonth(StoredLimit limit) {
        return limit.limit().period() == Period.MONTH && limit.limit().model().isEmpty();
    }
}
