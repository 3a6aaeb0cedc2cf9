package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A reservation: of each limit of its caller, the units that the request may still use. */
final class Held implements Reservation {

    /** Completion tokens granted at first, at most: the whole context would lock a budget for one answer. */
    static final long FIRST_GRANT = 256;

    private final Demand demand;
    private final List<Part> parts;
    private final Window window;
    private final long bound;
    private final AtomicBoolean settled = new AtomicBoolean();
    private Price price;
    private long granted;

    /** Where a reservation gets more and gives back. */
    interface Window {

        /** Holds the claims, or says why not. */
        Optional<Problem> claim(List<Claim> claims);

        /** Holds less than before. */
        void release(List<Claim> claims);

        /** Holds nothing any more. */
        void settle(List<Part> parts, Amounts used);
    }

    Held(Demand demand, List<Part> parts, Window window) {
        this.demand = demand;
        this.parts = parts;
        this.window = window;
        this.bound = bound(demand.bound());
        this.price = demand.dearest();
        this.granted = Math.min(bound, FIRST_GRANT);
    }

    /** What must be held before anything is done. */
    List<Claim> first() {
        Bound most = demand.bound();
        return claims(new Amounts(1, most.maxInput(), granted, 1, price.most(most.maxInput(), granted)));
    }

    @Override
    public long granted() {
        return granted;
    }

    @Override
    public Reservation narrow(Price dearest) {
        long input = demand.bound().maxInput();
        long less = price.most(input, granted) - dearest.most(input, granted);
        if (less > 0) {
            price = dearest;
            window.release(claims(new Amounts(0, 0, 0, 0, less)));
        }
        return this;
    }

    @Override
    public Grant more(long tokens) {
        if (tokens <= 0) {
            throw new IllegalArgumentException("ask for at least one token more, not " + tokens);
        }
        long extra = Math.min(tokens, bound - granted);
        Optional<Problem> why =
                window.claim(claims(new Amounts(0, 0, extra, 0, price.most(0, extra) - price.perCall())));
        if (why.isPresent()) {
            return new Grant.Capped(granted, why.get());
        }
        granted += extra;
        return new Grant.Granted(granted);
    }

    @Override
    public void settle(List<Charge> charges) {
        if (settled.compareAndSet(false, true)) {
            window.settle(parts, used(charges));
        }
    }

    private List<Claim> claims(Amounts amounts) {
        return parts.stream()
                .map(part -> new Claim(part, amounts.of(part.measure())))
                .filter(claim -> claim.units() > 0)
                .toList();
    }

    /** A request that was admitted counts as one, whatever became of it. */
    private static Amounts used(List<Charge> charges) {
        long input = 0;
        long output = 0;
        long charge = 0;
        for (Charge one : charges) {
            Usage usage = one.due() ? one.usage() : Usage.NONE;
            input += usage.prompt();
            output += usage.completion();
            charge += one.nano();
        }
        return new Amounts(1, input, output, 0, charge);
    }

    private static long bound(Bound bound) {
        return bound.maxOutput() > Long.MAX_VALUE / bound.choices()
                ? Long.MAX_VALUE
                : bound.maxOutput() * bound.choices();
    }
}
