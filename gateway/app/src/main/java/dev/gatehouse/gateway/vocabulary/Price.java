package dev.gatehouse.gateway.vocabulary;

/**
 * Nano-units of the currency for one token of each class, and for the call itself.
 *
 * @param uncached prompt tokens that were computed
 * @param cached prompt tokens that were not computed again
 * @param reasoning completion tokens that are thinking
 * @param output all other completion tokens
 * @param perCall due once for a call that an upstream accepted
 */
public record Price(long uncached, long cached, long reasoning, long output, long perCall) {

    /** Most for a token: one unit of the currency. */
    public static final long DEAREST_TOKEN = 1_000_000_000;

    /** Most for a call: a million units of the currency. */
    public static final long DEAREST_CALL = 1_000_000_000_000_000L;

    public static final Price FREE = new Price(0, 0, 0, 0, 0);

    public Price {
        if (Math.min(Math.min(uncached, cached), Math.min(reasoning, output)) < 0 || perCall < 0) {
            throw new IllegalArgumentException("a price is not negative");
        }
        if (Math.max(Math.max(uncached, cached), Math.max(reasoning, output)) > DEAREST_TOKEN
                || perCall > DEAREST_CALL) {
            throw new IllegalArgumentException("a price is too high to be counted in nano-units");
        }
    }

    /** Without a price for the call, and thinking priced as all other output. */
    public Price(long uncached, long cached, long output) {
        this(uncached, cached, output, output, 0);
    }

    /** The price of a usage, in nano-units. */
    public long of(Usage usage) {
        return (usage.prompt() - usage.cached()) * uncached
                + usage.cached() * cached
                + usage.reasoning() * reasoning
                + (usage.completion() - usage.reasoning()) * output
                + perCall;
    }

    /**
     * The most that so many tokens can cost, in nano-units.
     *
     * @throws ArithmeticException when that is more than a long holds
     */
    public long most(long input, long completion) {
        long prompt = Math.multiplyExact(input, Math.max(uncached, cached));
        long answer = Math.multiplyExact(completion, Math.max(reasoning, output));
        return Math.addExact(Math.addExact(prompt, answer), perCall);
    }

    /** Of each class the dearer one. */
    public Price dearer(Price other) {
        return new Price(
                Math.max(uncached, other.uncached),
                Math.max(cached, other.cached),
                Math.max(reasoning, other.reasoning),
                Math.max(output, other.output),
                Math.max(perCall, other.perCall));
    }
}
