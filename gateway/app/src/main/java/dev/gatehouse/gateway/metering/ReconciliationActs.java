package dev.gatehouse.gateway.metering;

/** Where the result of a night's comparison of the books is kept for those who read acts. */
interface ReconciliationActs {

    /** The kind of the act. */
    String WHAT = "books.reconcile";

    /** @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL is away */
    void tell(Report report);
}
