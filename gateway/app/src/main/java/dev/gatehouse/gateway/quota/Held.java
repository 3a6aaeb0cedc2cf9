package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Price;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** What a limit on requests holds: nothing but its place. Tokens are granted step by step up to the bound, and never refused. */
final class Held implements Reservation {

    /** Completion tokens granted at first, at most. */
    static final long FIRST_GRANT = 256;

    private final long bound;
    private final AtomicLong granted;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final Runnable onSettled;

    Held(Bound bound, Runnable onSettled) {
        this.bound = bound.maxOutput() > Long.MAX_VALUE / bound.choices()
                ? Long.MAX_VALUE
                : bound.maxOutput() * bound.choices();
        this.granted = new AtomicLong(Math.min(this.bound, FIRST_GRANT));
        this.onSettled = onSettled;
    }

    @Override
    public long granted() {
        return granted.get();
    }

    @Override
    public Reservation narrow(Price dearest) {
        return this;
    }

    @Override
    public Grant more(long tokens) {
        if (tokens <= 0) {
            throw new IllegalArgumentException("ask for at least one token more, not " + tokens);
        }
        return new Grant.Granted(granted.updateAndGet(before -> before > bound - tokens ? bound : before + tokens));
    }

    @Override
    public void settle(List<Charge> charges) {
        if (settled.compareAndSet(false, true)) {
            onSettled.run();
        }
    }
}
