package dev.gatehouse.bench.model;

/**
 * The experts of a layer.
 *
 * @param used of one token
 * @param groups 1: an expert competes with all others
 * @param groupsUsed of one token
 * @param shared experts that every token uses
 * @param width of an expert
 * @param sigmoid whether the gate is a sigmoid with a bias, as V3's is; else a softmax
 */
record Experts(int count, int used, int groups, int groupsUsed, int shared, int width, boolean sigmoid) {

    Experts {
        if (used < 1 || used > count || count % groups != 0 || groups >= count) {
            throw new IllegalArgumentException(
                    "%d experts in %d groups, of which a token uses %d, are no layer".formatted(count, groups, used));
        }
    }
}
