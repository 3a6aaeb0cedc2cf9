package dev.gatehouse.worker.engine;

import java.util.Arrays;

/** Ids of tokens, in the order in which they came. */
final class TokenIds {

    private int[] ids = new int[16];
    private int count;

    void add(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
        }
        ids[count++] = id;
    }

    int count() {
        return count;
    }

    /** All of them; then there are none. */
    int[] take() {
        int[] taken = Arrays.copyOf(ids, count);
        count = 0;
        return taken;
    }
}
