package dev.gatehouse.worker.engine;

/** How long answers are, learned from those that have ended. Not thread-safe. */
final class AnswerLengths {

    private static final double FIRST_GUESS = 256;

    /** What the latest answer counts for. */
    private static final double SHARE = 1.0 / 16;

    /** Whatever was learned, a sequence may grow by this before it could have to give way. */
    private static final int LEAST_LEFT = 16;

    private double mean = FIRST_GUESS;

    double mean() {
        return mean;
    }

    void ended(int tokens) {
        mean += SHARE * (tokens - mean);
    }

    /** Tokens that a sequence will still need, those it has to compute now not counted. */
    int left(Sequence sequence) {
        int likely = (int) Math.max(LEAST_LEFT, mean - sequence.generated());
        return Math.min(likely, Math.max(0, sequence.bound()));
    }
}
