package dev.gatehouse.worker.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What is computed together.
 *
 * @param admitted sequences that got a slot before it
 * @param preempted sequences that lost their slot before it
 */
record Step(List<Sequence> admitted, List<Sequence> preempted, List<Rows> rows) {

    /** Rows of one sequence; the last of them picks a token if it is the sequence's last. */
    record Rows(Sequence sequence, int from, int count, boolean prompt) {

        boolean picks() {
            return from + count == sequence.length();
        }

        private long before() {
            return (long) count * from + (long) count * (count - 1) / 2;
        }

        StepCost.Shape shape() {
            return new StepCost.Shape(prompt ? 0 : count, prompt ? count : 0, before());
        }
    }

    Step() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    int size() {
        return rows.stream().mapToInt(Rows::count).sum();
    }

    StepCost.Shape shape() {
        int prompt = rows.stream().filter(Rows::prompt).mapToInt(Rows::count).sum();
        return new StepCost.Shape(
                size() - prompt, prompt, rows.stream().mapToLong(Rows::before).sum());
    }
}
