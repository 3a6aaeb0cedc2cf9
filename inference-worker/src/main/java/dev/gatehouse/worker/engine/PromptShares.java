package dev.gatehouse.worker.engine;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Shares a step's rows for prompts: half to the first, so that none starves, the rest to the others, the shortest first, so
 * that a long one does not hold up short ones. What one does not need, others get.
 */
final class PromptShares {

    private final int[] wanted;
    private final int[] counts;
    private int left;

    /**
     * @param wanted rows of each prompt
     * @param budget rows of all
     */
    PromptShares(int[] wanted, int budget) {
        this.wanted = wanted;
        this.counts = new int[wanted.length];
        this.left = budget;
    }

    int[] counts() {
        give(0, (left + 1) / 2);
        IntStream.range(1, wanted.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> wanted[i]))
                .forEach(i -> give(i, left));
        give(0, left);
        return counts;
    }

    private void give(int to, int rows) {
        int given = Math.min(Math.min(rows, left), wanted[to] - counts[to]);
        counts[to] += given;
        left -= given;
    }
}
