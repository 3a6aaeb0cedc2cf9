package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was used, by whom and at what price: every dispatch, kept for good. */
public interface Ledger {

    /** Most lines of a page. */
    int LONGEST_PAGE = 1_000;

    /**
     * Which lines are wanted.
     *
     * @param tenant empty: of all tenants
     * @param from requests that arrived at this moment or later
     * @param until requests that arrived before this moment
     */
    record Filter(
            Optional<TenantId> tenant,
            Optional<ProjectId> project,
            Optional<KeyId> key,
            Optional<ModelName> model,
            Instant from,
            Instant until) {}

    /**
     * A page of lines, the latest request first. Pages are found by place, not by number, so that the thousandth costs what the first
     * does and lines that are added meanwhile shift nothing.
     *
     * @param before lines before this one; empty: from the latest on
     * @param most 1 to {@link #LONGEST_PAGE}
     */
    List<LedgerLine> page(Filter filter, Optional<LedgerLine.Place> before, int most);
}
