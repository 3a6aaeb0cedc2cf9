package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.backend.Records.Total;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the installation's own tables say of the requests that arrived in a time, from a moment, included, until another, excluded. Every
 * method throws a {@code DATABASE_UNAVAILABLE} fault when the database is away.
 */
interface Books {

    /** What the ledger says that each node generated, corrections included. */
    Map<NodeName, Total> ledger(Instant from, Instant until);

    /** The same of one request. */
    Map<NodeName, Total> ledger(IntentId request);

    /** The first of the requests that arrived, whatever became of them. */
    List<Arrived> arrived(Instant from, Instant until, int most);

    /** @param concluded it has an outcome */
    record Arrived(IntentId request, boolean concluded) {}

    /** The first of the requests of which the ledger's lines of use do not add up to the outcome. */
    List<Report.Mismatch> mismatches(Instant from, Instant until, int most);

    /** Every budget of which a period touches the time, by the ledger and as limits count it, at one moment. */
    List<Report.BudgetSum> budgets(Instant from, Instant until);
}
