package dev.gatehouse.worker.engine;

import java.util.List;

/**
 * Which experts tokens went to, counted in a sample of the steps: exact for these steps.
 *
 * @param every one step of so many is counted
 * @param steps that were counted
 * @param rows of these steps, which is how many tokens each layer but the last has seen
 * @param outputs those rows that a token was asked of: all that the last layer has seen
 * @param layers picks of each expert, by layer; only layers that have experts
 */
public record ExpertPicks(int every, long steps, long rows, long outputs, List<Layer> layers) {

    /**
     * @param index from 0, as in the names of the model's tensors
     * @param picks by expert
     */
    public record Layer(int index, long[] picks) {

        /** The busiest expert's picks over the mean; 1 when all are as busy, 0 before the first pick. */
        public double imbalance() {
            long most = 0;
            for (long count : picks) {
                most = Math.max(most, count);
            }
            long sum = sum();
            return sum == 0 ? 0 : (double) most * picks.length / sum;
        }

        /** Shannon's entropy of the picks over that of even ones, 0 to 1; 0 before the first pick. */
        public double evenness() {
            double sum = sum();
            double entropy = 0;
            for (long count : picks) {
                entropy -= count == 0 ? 0 : count / sum * Math.log(count / sum);
            }
            return picks.length < 2 ? 0 : entropy / Math.log(picks.length);
        }

        private long sum() {
            long sum = 0;
            for (long count : picks) {
                sum += count;
            }
            return sum;
        }
    }
}
