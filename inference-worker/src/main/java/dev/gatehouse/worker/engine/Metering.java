package dev.gatehouse.worker.engine;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Shares out the time of an engine, its energy and its KV cache among the sequences that use them, and keeps the rest as idle.
 * The shares of a step are exact to the nanosecond. Belongs to the engine's thread, but for {@link #activity}.
 */
final class Metering {

    private static final double MICROS = 1e6;

    private final StepCost cost;
    private final Traffic traffic;
    private final Energy energy;
    private final LongSupplier clock;
    private long at;
    private OptionalLong metered;
    private OptionalDouble joules;
    private long steps;
    private long computeNanos;
    private long idleNanos;
    private long preemptions;
    private long recomputed;
    private volatile Activity activity = Activity.NONE;

    /** @param clock as {@link System#nanoTime} */
    Metering(StepCost cost, Traffic traffic, Energy energy, LongSupplier clock) {
        this.cost = cost;
        this.traffic = traffic;
        this.energy = energy;
        this.clock = clock;
        this.at = clock.getAsLong();
        this.metered = energy.microjoules();
        this.joules = metered.isPresent() ? OptionalDouble.of(0) : OptionalDouble.empty();
    }

    Activity activity() {
        return activity;
    }

    /** No step ran since the last call. */
    void rested(Scheduler scheduler) {
        idleNanos += pass(scheduler);
        burn();
        publish();
    }

    /**
     * A step ran since {@link #rested}: its rows are charged for all of that time.
     *
     * @return that time
     */
    long computed(Step step, Scheduler scheduler) {
        long took = pass(scheduler);
        double microjoules = burn();
        List<Step.Rows> rows = step.rows();
        double bandwidth = traffic.share(step.shape(), took).orElse(Double.NaN);
        long[] shares = new StepShares(step, cost).of(took);
        for (int i = 0; i < shares.length; i++) {
            Account account = rows.get(i).sequence().account();
            recomputed += account.computed(rows.get(i).from(), rows.get(i).count());
            account.charge(shares[i], microjoules * shares[i] / Math.max(1, took), bandwidth);
        }
        steps++;
        computeNanos += took;
        publish();
        return took;
    }

    /** What these accounts together have cost. */
    Cost cost(List<Account> accounts) {
        Account sum = new Account();
        accounts.forEach(sum::add);
        return sum.cost(traffic.cellBytes());
    }

    void preempted(int sequences) {
        preemptions += sequences;
    }

    /** Charges the cells of this time to those who held them at its end. */
    private long pass(Scheduler scheduler) {
        long now = clock.getAsLong();
        long passed = now - at;
        at = now;
        scheduler.held((sequence, cells) -> sequence.account().held(cells, passed));
        return passed;
    }

    /** Microjoules since the last call; not a number if they are not known. */
    private double burn() {
        OptionalLong now = energy.microjoules();
        boolean known = now.isPresent() && metered.isPresent();
        double burnt = known ? now.getAsLong() - metered.getAsLong() : Double.NaN;
        metered = now;
        if (known && joules.isPresent()) {
            joules = OptionalDouble.of(joules.getAsDouble() + burnt / MICROS);
        }
        return burnt;
    }

    private void publish() {
        activity = new Activity(steps, computeNanos, idleNanos, preemptions, recomputed, joules);
    }
}
