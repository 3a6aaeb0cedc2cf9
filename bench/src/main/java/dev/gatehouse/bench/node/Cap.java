package dev.gatehouse.bench.node;

/**
 * How many completion tokens an exchange may reach.
 *
 * @param tokens the total
 * @param last whether reaching it ends the exchange instead of pausing it
 */
record Cap(int tokens, boolean last) {

    static final Cap NONE = new Cap(Integer.MAX_VALUE, true);

    /** A cap never falls, and once it is the last one it stays so. */
    Cap raisedTo(Cap wanted) {
        return new Cap(Math.max(tokens, wanted.tokens), last || wanted.last);
    }
}
