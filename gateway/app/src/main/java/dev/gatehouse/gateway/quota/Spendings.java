package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What limits count as spent, for the books. Everything here takes part in the transaction that the calling thread is in. */
public interface Spendings {

    /**
     * Counts more, or less, of a request that was settled before: in the calendar periods in which it arrived. Limits that refill evenly
     * have forgotten it.
     *
     * @param arrived when the request did
     * @param input tokens that are due beyond what was counted; negative when too much was
     * @param output the same of completion tokens
     * @param charge the same in nano-units of the currency
     */
    void correct(Caller caller, ModelName model, Instant arrived, long input, long output, long charge);

    /** What the budgets' periods that touch a time count as spent. */
    List<Budget> budgets(Instant from, Instant until);

    /**
     * One budget in one of its periods.
     *
     * @param level {@code organisation}, {@code tenant}, {@code project} or {@code key}
     * @param tenant whose it is; empty for the organisation's
     * @param subject the project or the key; empty for the levels above
     * @param model the only one that counts; empty for all
     * @param from the first moment at which requests count: the period begins, or the limit was made
     * @param spent nano-units of the currency
     * @param leased nano-units that gateways hold: some of it may be spent already
     */
    record Budget(
            UUID limit,
            String level,
            Optional<TenantId> tenant,
            Optional<UUID> subject,
            Optional<ModelName> model,
            Instant from,
            Instant until,
            long spent,
            long leased) {}
}
