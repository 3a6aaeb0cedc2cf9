package dev.gatehouse.gateway.quota;

/** What one request holds of one lease. Guarded by the lock of {@link Leases}. */
final class Part {

    private final Terms terms;
    private final Lease lease;
    private long held;

    Part(Terms terms, Lease lease) {
        this.terms = terms;
        this.lease = lease;
    }

    Terms terms() {
        return terms;
    }

    Measure measure() {
        return terms.limit().measure();
    }

    Lease lease() {
        return lease;
    }

    long held() {
        return held;
    }

    void hold(long units, long now) {
        lease.hold(units, now);
        held += units;
    }

    void release(long units) {
        lease.settle(units, 0);
        held -= units;
    }

    /** The end: so many units were used, whatever was held. */
    void settle(long used) {
        lease.settle(held, used);
        held = 0;
        lease.close();
    }
}
