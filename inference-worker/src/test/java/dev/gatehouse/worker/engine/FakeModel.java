package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scheduler on {@link FakeCells}: runs its steps, gives each picking sequence a token, and checks that no cell is lost or wrong. */
final class FakeModel {

    static final int TARGET_MILLIS = 100;

    final FakeCells cells = new FakeCells();
    final Scheduler scheduler;
    final StepCost cost = new StepCost();
    final AnswerLengths lengths = new AnswerLengths();
    private final int kvTokens;
    private final int rows;
    private final List<Sequence> picking = new ArrayList<>();

    FakeModel(int slots, int kvTokens, int rows) {
        this(slots, kvTokens, rows, kvTokens, 256);
    }

    FakeModel(int slots, int kvTokens, int rows, int idleTokens, int sequences) {
        this.kvTokens = kvTokens;
        this.rows = rows;
        Scheduler.Size size = new Scheduler.Size(slots, sequences, kvTokens, idleTokens, rows, TARGET_MILLIS);
        this.scheduler = new Scheduler(size, cells, cost, lengths);
    }

    static Caller caller(String tenant, double weight, Priority priority) {
        return new Caller(tenant, weight, priority, Optional.empty(), Caller.ANYONE.owner());
    }

    /** Answers have been so short that none is expected to need much. */
    FakeModel expectingShortAnswers() {
        for (int i = 0; i < 100; i++) {
            lengths.ended(1);
        }
        return this;
    }

    /** Tokens from this one on. */
    static int[] tokens(int first, int count) {
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = first + i;
        }
        return tokens;
    }

    /** Waits, with a prompt like no other. */
    Sequence add(int length) {
        return add(tokens(cells.computed() * 1000 + scheduler.waiting() * 100_000 + 1, length));
    }

    Sequence add(int... prompt) {
        return add(prompt, Caller.ANYONE, 16);
    }

    Sequence add(int[] prompt, Caller caller, int bound) {
        Sequence sequence = new Sequence(prompt, caller, bound);
        scheduler.add(sequence);
        return sequence;
    }

    /** Runs the next step. */
    Step step() {
        Step step = plan();
        compute(step);
        pick(step);
        return step;
    }

    Step plan() {
        Step step = scheduler.plan();
        assertThat(step.size()).isLessThanOrEqualTo(rows);
        return step;
    }

    void compute(Step step) {
        step.rows().forEach(cells::compute);
        picking.clear();
        step.rows().stream().filter(Step.Rows::picks).forEach(rows -> picking.add(rows.sequence()));
        scheduler.done(step);
        assertThat(cells.used())
                .isEqualTo(scheduler.kvUsed() + scheduler.kvIdle())
                .isLessThanOrEqualTo(kvTokens);
    }

    void pick(Step step) {
        step.rows().forEach(rows -> cells.verify(rows.sequence()));
        picking.forEach(sequence -> sequence.append(7));
    }

    /** Runs steps until this sequence has as many tokens of an answer. */
    void generate(Sequence sequence, int tokens) {
        for (int steps = 0; sequence.generated() < tokens; steps++) {
            assertThat(steps).isLessThan(10_000);
            step();
        }
    }

    /** Runs steps until it has its whole answer, and ends it. */
    void finish(Sequence sequence) {
        generate(sequence, sequence.generated() + sequence.bound());
        scheduler.remove(sequence);
    }
}
