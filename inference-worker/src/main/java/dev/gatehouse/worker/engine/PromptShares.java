package dev.gatehouse.worker.engine;

/** Shares a step's rows for prompts: half to the oldest, the rest equally among the others; what one does not need, others get. */
final class PromptShares {

    private final int[] wanted;
    private final int[] counts;
    private int left;

    /**
     * @param wanted rows of each prompt, oldest first
     * @param budget rows of all
     */
    PromptShares(int[] wanted, int budget) {
        this.wanted = wanted;
        this.counts = new int[wanted.length];
        this.left = budget;
    }

    int[] counts() {
        give(0, wanted.length == 1 ? left : (left + 1) / 2);
        for (int unmet = unmet(); left > 0 && unmet > 0; unmet = unmet()) {
            int each = Math.max(1, left / unmet);
            for (int i = 1; i < wanted.length; i++) {
                give(i, each);
            }
        }
        give(0, left);
        return counts;
    }

    /** How many of the others want more. */
    private int unmet() {
        int unmet = 0;
        for (int i = 1; i < wanted.length; i++) {
            unmet += counts[i] < wanted[i] ? 1 : 0;
        }
        return unmet;
    }

    private void give(int to, int rows) {
        int given = Math.min(Math.min(rows, left), wanted[to] - counts[to]);
        counts[to] += given;
        left -= given;
    }
}
