package dev.gatehouse.gateway.metering;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether the sums agree.
 *
 * @param from requests that arrived at this moment or later
 * @param until requests that arrived before this moment
 * @param nodes each node's hours: the ledger's sum, corrections included, and the sum of the node's own records
 * @param mismatches requests of which the ledger's lines of use are not what the outcome says; the first 100 an hour
 * @param budgets what the ledger charged and what limits count as spent, in the budgets' periods that touch the time
 */
public record Report(
        Instant from, Instant until, List<NodeHour> nodes, List<Mismatch> mismatches, List<BudgetSum> budgets) {

    /** How many places there are in which two sums differ. */
    public long differences() {
        return nodes.stream().filter(NodeHour::differs).count()
                + mismatches.size()
                + budgets.stream().filter(BudgetSum::differs).count();
    }

    /** Whether every node was asked of which the ledger tells. */
    public boolean complete() {
        return nodes.stream()
                .allMatch(hour -> hour.recorded() != null || !hour.ledger().isUsed());
    }

    /**
     * Tokens by class.
     *
     * @param prompt all prompt tokens, cached ones included
     * @param completion all tokens generated, reasoning included
     */
    public record Tokens(long prompt, long cached, long completion, long reasoning) {

        boolean isUsed() {
            return prompt != 0 || completion != 0;
        }
    }

    /**
     * One node in one hour.
     *
     * @param recorded null: the node did not answer
     * @param differs the sums differ by more than requests that are still open
     * @param requests those that differ, where they could be found
     */
    public record NodeHour(
            String node,
            Instant from,
            Instant until,
            Tokens ledger,
            @Nullable Tokens recorded,
            boolean differs,
            List<NodeRequest> requests) {}

    /** One request that a node remembers otherwise than the ledger has it. */
    public record NodeRequest(UUID request, Tokens ledger, Tokens recorded) {}

    /** One request. */
    public record Mismatch(UUID request, Tokens ledger, long ledgerCharge, Tokens outcome, long outcomeCharge) {}

    /**
     * One budget in one period; nano-units of the currency.
     *
     * @param from when it began to count
     * @param charged by the ledger
     * @param spent as the limit counts it
     * @param leased what gateways hold of the limit: some of it may be spent and not reported yet
     * @param differs charged is not from {@code spent} to {@code spent + leased}
     */
    public record BudgetSum(
            UUID limit, Instant from, Instant until, long charged, long spent, long leased, boolean differs) {

        static BudgetSum of(UUID limit, Instant from, Instant until, long charged, long spent, long leased) {
            boolean differs = charged < spent || charged - spent > leased;
            return new BudgetSum(limit, from, until, charged, spent, leased, differs);
        }
    }
}
