package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Serves limits from the units that are leased to this gateway, and goes to the pool only where these do not suffice. */
final class LeasedQuota implements Quota, Held.Window {

    /** How often a request has units called back before it is refused. */
    private static final int MOST_RECALLS = 8;

    private final Supplier<LimitBook> book;
    private final Leases leases;
    private final Counter counter;
    private final QuotaMeters meters;

    LeasedQuota(Supplier<LimitBook> book, Leases leases, Counter counter, QuotaMeters meters) {
        this.book = book;
        this.leases = leases;
        this.counter = counter;
        this.meters = meters;
    }

    @Override
    public Admission admit(Caller caller, Demand demand) {
        List<Part> parts = leases.open(book.get().of(caller, demand.model(), leases.now()));
        Held held = new Held(demand, parts, this);
        Optional<Problem> refused;
        try {
            refused = claim(held.first());
        } catch (RuntimeException failed) {
            leases.close(parts);
            throw failed;
        }
        if (refused.isPresent()) {
            leases.close(parts);
            return new Admission.Limited(refused.get(), leases.standing(parts));
        }
        meters.opened();
        return new Admission.Admitted(held, leases.standing(parts));
    }

    @Override
    public Optional<Problem> claim(List<Claim> claims) {
        if (!leases.hold(claims)) {
            return leases.refusal(claims).or(() -> obtained(claims)).map(Refusal::problem);
        }
        List<Lease> low = leases.toTopUp(claims);
        if (!low.isEmpty()) {
            counter.topUp(low);
        }
        return Optional.empty();
    }

    @Override
    public void release(List<Claim> claims) {
        leases.release(claims);
    }

    @Override
    public void settle(List<Part> parts, Amounts used) {
        leases.settle(parts, used);
        meters.closed();
    }

    /** What others hold and do not need is called back before a request is refused. */
    private Optional<Refusal> obtained(List<Claim> claims) {
        Optional<Refusal> refusal = counter.obtain(claims);
        for (int recalls = 0; recalls < MOST_RECALLS && mayPass(refusal); recalls++) {
            counter.recall(refusal.get().terms().key());
            refusal = counter.obtain(claims);
        }
        return refusal;
    }

    private static boolean mayPass(Optional<Refusal> refusal) {
        return refusal.isPresent() && refusal.get().mayPass();
    }
}
