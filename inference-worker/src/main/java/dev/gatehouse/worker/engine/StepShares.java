package dev.gatehouse.worker.engine;

import java.util.List;

/**
 * What of a step's time is whose. A row of a prompt answers for what it adds to the step; the rows that decode share what every
 * step takes, which is mostly the reading of the weights, and answer for what they add. A step without them has its fixed part
 * shared by the rows of prompts.
 */
final class StepShares {

    /** Keeps rows that the model of the costs has nothing for from being free. */
    private static final double LEAST = 1e-9;

    private final double[] weights;

    StepShares(Step step, StepCost cost) {
        List<Step.Rows> rows = step.rows();
        StepCost.Shape shape = step.shape();
        boolean decodes = shape.decode() > 0;
        double fixed = cost.fixed() / Math.max(1, decodes ? shape.decode() : shape.prompt());
        this.weights = new double[rows.size()];
        for (int i = 0; i < weights.length; i++) {
            Step.Rows one = rows.get(i);
            double share = one.prompt() == decodes ? 0 : fixed * one.count();
            weights[i] = LEAST * one.count() + share + cost.added(one.shape());
        }
    }

    /** The share of each of the step's rows; they add up to the total. */
    long[] of(long total) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        long[] shares = new long[weights.length];
        double upTo = 0;
        long given = 0;
        for (int i = 0; i < shares.length; i++) {
            upTo += weights[i];
            long next = i == shares.length - 1 ? total : Math.min(total, Math.round(total * (upTo / sum)));
            shares[i] = next - given;
            given = next;
        }
        return shares;
    }
}
