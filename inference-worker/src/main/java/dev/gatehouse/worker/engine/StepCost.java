package dev.gatehouse.worker.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long a step takes: a fixed part, one more if it has rows of prompts, and parts for each row that decodes, each row of a
 * prompt and each thousand tokens before a row. The latest steps of each size are kept, so that small ones do not drive out
 * what large ones have taught. Fitted to the latest steps by weighted least squares of the relative errors without negative parts; Huber's
 * weights keep a step that took far longer than the others from counting like them. Not thread-safe.
 */
final class StepCost {

    /** Steps of each size that count; the sizes are 0 rows of prompts, up to 3, 15, 63, 255 and more. */
    private static final int WINDOW = 16;

    private static final int SIZES = 6;

    /** Of a machine that is not known yet, in milliseconds; slow, so that the first steps are small. */
    private static final double[] GUESS = {2, 5, 2, 0.2, 5};

    /** What the guess counts for, in steps. */
    private static final double TRUST_IN_GUESS = 0.02;

    private static final double LARGE_ERROR = 0.25;
    private static final int REWEIGHTINGS = 3;
    private static final int SWEEPS = 40;
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Ring> sizes = Stream.generate(Ring::new).limit(SIZES).toList();
    private double[] parts = GUESS.clone();

    /**
     * What a step computes.
     *
     * @param decode rows of answers
     * @param prompt rows of prompts
     * @param before tokens before each row, summed over all rows
     */
    record Shape(int decode, int prompt, long before) {

        private double[] features() {
            return new double[] {1, decode, prompt, before / 1000.0, prompt == 0 ? 0 : 1};
        }
    }

    /** The latest steps of one size. */
    private static final class Ring {

        private final double[][] features = new double[WINDOW][];
        private final double[] millis = new double[WINDOW];
        private int count;

        void add(double[] what, double took) {
            features[count % WINDOW] = what;
            millis[count % WINDOW] = took;
            count++;
        }

        int size() {
            return Math.min(count, WINDOW);
        }
    }

    /** A step has taken this long. */
    void observe(Shape shape, long nanos) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(shape.prompt());
        sizes.get(Math.min((bits + 1) / 2, SIZES - 1)).add(shape.features(), Math.max(nanos / NANOS_PER_MILLI, 1e-3));
        fit();
    }

    /** Expected, in milliseconds. */
    double millis(Shape shape) {
        return dot(parts, shape.features());
    }

    /** What every step takes, in milliseconds. */
    double fixed() {
        return parts[0];
    }

    /** What rows of prompts add to a step, however many they are, in milliseconds. */
    double fixedOfPrompts() {
        return parts[4];
    }

    /** What rows of this shape add beside that, in milliseconds. */
    double added(Shape shape) {
        return parts[1] * shape.decode() + parts[2] * shape.prompt() + parts[3] * shape.before() / 1000;
    }

    /** Expected of a step with one more row, the first of a prompt, but that row itself; in milliseconds. */
    double beforePrompts(Shape decoding) {
        return millis(decoding) + parts[4];
    }

    /** What a row of a prompt adds at this position, in milliseconds. */
    double promptRow(int position) {
        return Math.max(1e-6, parts[2] + parts[3] * position / 1000.0);
    }

    /** How many rows of a prompt, from this position on, take so long. */
    int promptRows(double millis, int position) {
        double growth = parts[3] / 1000 / 2;
        double first = promptRow(position);
        return millis <= 0 ? 0 : (int) (2 * millis / (first + Math.sqrt(first * first + 4 * growth * millis)));
    }

    private void fit() {
        for (int i = 0; i < REWEIGHTINGS; i++) {
            Normal normal = new Normal();
            sizes.forEach(ring -> normal.add(ring, parts));
            parts = normal.solve(parts);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The normal equations of one weighting. */
    private static final class Normal {

        private final double[][] matrix = new double[GUESS.length][GUESS.length];
        private final double[] right = new double[GUESS.length];

        Normal() {
            for (int i = 0; i < GUESS.length; i++) {
                matrix[i][i] = TRUST_IN_GUESS / (GUESS[i] * GUESS[i]);
                right[i] = TRUST_IN_GUESS / GUESS[i];
            }
        }

        void add(Ring ring, double[] parts) {
            for (int i = 0; i < ring.size(); i++) {
                double error = Math.abs(dot(parts, ring.features[i]) / ring.millis[i] - 1);
                add(ring.features[i], ring.millis[i], Math.min(1, LARGE_ERROR / Math.max(error, 1e-9)));
            }
        }

        private void add(double[] features, double millis, double weight) {
            double scale = weight / (millis * millis);
            for (int i = 0; i < features.length; i++) {
                for (int j = 0; j < features.length; j++) {
                    matrix[i][j] += scale * features[i] * features[j];
                }
                right[i] += scale * features[i] * millis;
            }
        }

        /** Coordinate descent, each part at least 0. */
        double[] solve(double[] from) {
            double[] parts = Arrays.copyOf(from, from.length);
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                for (int i = 0; i < parts.length; i++) {
                    double rest = right[i] - dot(matrix[i], parts) + matrix[i][i] * parts[i];
                    parts[i] = Math.max(0, rest / matrix[i][i]);
                }
            }
            return parts;
        }
    }
}
