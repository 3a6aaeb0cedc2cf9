package dev.gatehouse.bench.worker;

/**
 * How much is run.
 *
 * @param decodeRounds alternating rounds of each number of streams
 * @param decodeTokens of each answer of such a round
 * @param rounds alternating rounds of all else
 */
record Effort(int decodeRounds, int decodeTokens, int rounds) {

    static final Effort QUICK = new Effort(5, 48, 1);
    static final Effort FULL = new Effort(9, 128, 5);
}
