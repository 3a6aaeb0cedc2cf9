package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Work;

/** The tenant's policy on text. */
public interface Guard {

    /** Looks at every text of the work, as the tenant's policy says. */
    Verdict screen(TenantId tenant, Work work);
}
