package dev.gatehouse.gateway.quota;

/**
 * How much of everything that can be limited.
 *
 * @param charge nano-units of the currency
 */
record Amounts(long requests, long input, long output, long streams, long charge) {

    long of(Measure measure) {
        return switch (measure) {
            case REQUESTS -> requests;
            case INPUT_TOKENS -> input;
            case OUTPUT_TOKENS -> output;
            case TOTAL_TOKENS -> Math.addExact(input, output);
            case STREAMS -> streams;
            case CHARGE -> charge;
        };
    }
}
