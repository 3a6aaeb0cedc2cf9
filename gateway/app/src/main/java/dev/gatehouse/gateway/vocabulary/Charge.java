package dev.gatehouse.gateway.vocabulary;

/**
 * What one attempt used, what it costs the caller and what it cost us; attempts count from 1.
 *
 * @param cost nano-units of the currency, by the tariff of whoever generated
 * @param due whether the caller owes it: not for what an upstream refused, or lost by its own fault
 */
public record Charge(int attempt, Usage usage, Price price, long cost, boolean due) {

    /** An attempt that the caller owes, at no cost of ours. */
    public Charge(int attempt, Usage usage, Price price) {
        this(attempt, usage, price, 0, true);
    }

    /** What the caller owes, in nano-units. */
    public long nano() {
        return due ? price.of(usage) : 0;
    }

    /** The same, owed by nobody. */
    public Charge waived() {
        return new Charge(attempt, usage, price, cost, false);
    }
}
