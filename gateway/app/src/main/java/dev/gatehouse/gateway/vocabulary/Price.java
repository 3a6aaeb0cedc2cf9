package dev.gatehouse.gateway.vocabulary;

/**
 * Nano-units of the currency for one token of each class.
 *
 * @param uncached prompt tokens that were computed
 * @param cached prompt tokens that were not computed again
 * @param output completion tokens
 */
public record Price(long uncached, long cached, long output) {

    public static final Price FREE = new Price(0, 0, 0);

    /** The price of a usage, in nano-units. */
    public long of(Usage usage) {
        return (usage.prompt() - usage.cached()) * uncached + usage.cached() * cached + usage.completion() * output;
    }
}
