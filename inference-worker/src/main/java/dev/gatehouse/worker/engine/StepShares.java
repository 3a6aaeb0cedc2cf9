package dev.gatehouse.worker.engine;

import java.util.List;

/**
 * What of a step's time is whose. Rows of prompts answer for what they add to the step; the rows that decode share what every
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
        double decode = cost.fixed() / Math.max(1, shape.decode());
        double prompt =
                (cost.fixedOfPrompts() + (shape.decode() == 0 ? cost.fixed() : 0)) / Math.max(1, shape.prompt());
        this.weights = new double[rows.size()];
        for (int i = 0; i < weights.length; i++) {
            Step.Rows one = rows.get(i);
            double fixed = one.prompt() ? prompt : decode;
            weights[i] = (LEAST + fixed) * one.count() + cost.added(one.shape());
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
