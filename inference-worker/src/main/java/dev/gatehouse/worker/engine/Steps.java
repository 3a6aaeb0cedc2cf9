package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.engine.LlamaGeneration.Ending;
import dev.gatehouse.worker.llama.KvCacheFullException;
import dev.gatehouse.worker.llama.LlamaContext;
import dev.gatehouse.worker.llama.LlamaException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The generations that share one context, and the steps that serve them. All but the figures belongs to the engine's thread. */
final class Steps {

    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);
    private static final Fault TOO_LATE = new Fault(
            "deadline_exceeded", "The answer was not complete at its deadline. Ask for less, or allow more time.");

    private static final double NANOS_PER_MILLI = 1e6;
    private static final Figures NONE = new Figures(0, 0, 0, Duration.ZERO);

    private final LlamaContext context;
    private final Scheduler scheduler;
    private final Instruments instruments;
    private final Consumer<Step> watcher;
    private final Runnable onEnded;
    private final Map<Sequence, LlamaChoice> live = new LinkedHashMap<>();
    private volatile Figures figures = NONE;

    /**
     * What others may know.
     *
     * @param nextEnd in what time one of the sequences is likely to end
     */
    record Figures(int running, int waiting, int kvUsed, Duration nextEnd) {}

    /**
     * @param watcher sees each step before it runs
     * @param onEnded called once for each choice of each generation that has entered
     */
    Steps(
            LlamaContext context,
            Scheduler scheduler,
            Instruments instruments,
            Consumer<Step> watcher,
            Runnable onEnded) {
        this.context = context;
        this.scheduler = scheduler;
        this.instruments = instruments;
        this.watcher = watcher;
        this.onEnded = onEnded;
    }

    Figures figures() {
        return figures;
    }

    Quote quote(Sequence sequence) {
        return scheduler.quote(sequence);
    }

    void enter(LlamaGeneration generation) {
        for (LlamaChoice choice : generation.choices()) {
            live.put(choice.sequence(), choice);
            scheduler.add(choice.sequence());
        }
    }

    /** Tokens of its prompt that are in the context, or about to be, before it has entered. */
    int match(LlamaGeneration generation) {
        return scheduler.match(generation.choices().getFirst().sequence());
    }

    /** Ends what is to end now, and computes the next step; false if there was nothing to compute. */
    boolean next() {
        instruments.pulse().begins(Duration.ZERO, () -> "between two steps");
        instruments.metering().rested(scheduler);
        review();
        Step step = scheduler.plan();
        instruments.metering().preempted(step.preempted().size());
        publish();
        boolean any = !step.rows().isEmpty();
        if (any) {
            run(step);
        }
        return any;
    }

    /** Nanoseconds until there may be something to do that nobody gives notice of. */
    long patience(long most) {
        long now = System.nanoTime();
        Instant clock = Instant.now();
        long patience = most;
        for (LlamaGeneration generation : generations()) {
            patience = Math.min(patience, Math.min(generation.patience(now), generation.timeLeft(clock)));
        }
        return patience;
    }

    /** Ends all generations; the context may be gone, and nothing can run in it after that. */
    void failAll(Fault fault) {
        Set<LlamaGeneration> all = generations();
        live.keySet().forEach(sequence -> onEnded.run());
        live.clear();
        figures = NONE;
        all.forEach(generation -> fail(generation, fault));
    }

    private void review() {
        long now = System.nanoTime();
        Instant clock = Instant.now();
        for (LlamaGeneration generation : generations()) {
            if (generation.timeLeft(clock) == 0) {
                generation.choices().forEach(this::leave);
                fail(generation, TOO_LATE);
            } else {
                guarded(generation, () -> generation.review(now));
            }
        }
    }

    private void run(Step step) {
        long started = System.nanoTime();
        watcher.accept(step);
        step.admitted()
                .forEach(sequence ->
                        context.bind(sequence.slot(), choice(sequence).chat()));
        step.rows().forEach(this::add);
        LlamaChoice[] bySlot = choicesBySlot(step);
        List<LlamaContext.Pick> picks = measured(step);
        long now = System.nanoTime();
        save(step);
        tell(step, started);
        instruments.rate().add(picks.size());
        for (LlamaContext.Pick pick : picks) {
            LlamaChoice choice = bySlot[pick.slot()];
            if (live.containsKey(choice.sequence())) {
                LlamaGeneration generation = choice.generation();
                guarded(generation, () -> generation.picked(choice, pick, now));
            }
        }
    }

    private void save(Step step) {
        for (Step.Rows rows : step.rows()) {
            choice(rows.sequence()).saver().computed(rows.sequence(), context);
        }
    }

    private List<LlamaContext.Pick> measured(Step step) {
        StepCost.Shape shape = step.shape();
        Duration expected = Duration.ofNanos((long) (instruments.cost().millis(shape) * NANOS_PER_MILLI));
        instruments.metering().rested(scheduler);
        instruments
                .pulse()
                .begins(
                        expected,
                        () -> "a step of " + shape + " for " + step.rows().size() + " sequences");
        List<LlamaContext.Pick> picks = compute();
        scheduler.done(step);
        instruments.cost().observe(shape, instruments.metering().computed(step, scheduler));
        if (instruments.experts().any()) {
            context.takeExperts().ifPresent(instruments.experts()::add);
        }
        instruments.pulse().begins(Duration.ZERO, () -> "what a step of " + shape + " has brought");
        return picks;
    }

    private void add(Step.Rows rows) {
        Sequence sequence = rows.sequence();
        int last = rows.from() + rows.count() - 1;
        for (int position = rows.from(); position <= last; position++) {
            context.add(sequence.token(position), position, sequence.slot(), position == last && rows.picks());
        }
    }

    private void tell(Step step, long started) {
        Set<LlamaGeneration> parts = new LinkedHashSet<>();
        step.rows().forEach(rows -> parts.add(choice(rows.sequence()).generation()));
        for (LlamaGeneration generation : parts) {
            guarded(generation, () -> generation.tookPart(step.rows().size(), started));
        }
    }

    private LlamaChoice[] choicesBySlot(Step step) {
        int most = step.rows().stream()
                .mapToInt(rows -> rows.sequence().slot())
                .max()
                .orElse(0);
        LlamaChoice[] bySlot = new LlamaChoice[most + 1];
        step.rows().forEach(rows -> bySlot[rows.sequence().slot()] = choice(rows.sequence()));
        return bySlot;
    }

    private List<LlamaContext.Pick> compute() {
        try {
            return context.step();
        } catch (KvCacheFullException e) {
            throw new LlamaException(LlamaException.Code.INTERNAL, "the KV cache is fuller than the scheduler knows");
        }
    }

    /** What one generation's output or parser throws ends that generation only. */
    private void guarded(LlamaGeneration generation, Supplier<List<Ending>> turn) {
        try {
            List<Ending> endings = turn.get();
            endings.forEach(ending -> leave(ending.choice()));
            endings.forEach(generation::end);
        } catch (RuntimeException e) {
            LOG.error("a generation ends with a fault", e);
            generation.choices().forEach(this::leave);
            fail(generation, new Fault("engine_failed", "The answer could not be read."));
        }
    }

    /** Its place is free before anybody hears of its end. */
    private void leave(LlamaChoice choice) {
        Sequence sequence = choice.sequence();
        if (live.remove(sequence) != null) {
            int slot = sequence.slot();
            scheduler.remove(sequence);
            if (slot != Sequence.NO_SLOT) {
                context.unbind(slot);
            }
            onEnded.run();
            publish();
        }
    }

    static void fail(LlamaGeneration generation, Fault fault) {
        try {
            generation.fail(fault);
        } catch (RuntimeException e) {
            LOG.error("an output failed", e);
        }
    }

    private void publish() {
        figures = new Figures(scheduler.running(), scheduler.waiting(), scheduler.kvUsed(), scheduler.nextEnd());
    }

    private Set<LlamaGeneration> generations() {
        Set<LlamaGeneration> all = new LinkedHashSet<>();
        live.values().forEach(choice -> all.add(choice.generation()));
        return all;
    }

    private LlamaChoice choice(Sequence sequence) {
        return Optional.ofNullable(live.get(sequence)).orElseThrow();
    }
}
