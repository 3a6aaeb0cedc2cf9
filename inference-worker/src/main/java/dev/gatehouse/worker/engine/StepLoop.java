package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.engine.LlamaGeneration.Ending;
import dev.gatehouse.worker.llama.KvCacheFullException;
import dev.gatehouse.worker.llama.LlamaContext;
import dev.gatehouse.worker.llama.LlamaException;
import dev.gatehouse.worker.llama.LlamaModel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one platform thread that owns the context: it takes new generations, plans a step, runs it and hands out the tokens. */
final class StepLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(StepLoop.class);
    private static final int MOST_ROWS = 512;
    private static final int PREFILL_BESIDE_DECODE = 128;
    private static final int EXPERTS_EVERY = 16;
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LlamaModel model;
    private final Size size;
    private final Consumer<Scheduler.Step> watcher;
    private final Runnable onEnded;
    private final Scheduler scheduler;
    private final Thread thread = Thread.ofPlatform()
            .name("llama-engine")
            .stackSize(NativeStack.BYTES)
            .unstarted(this);
    private final Map<Sequence, LlamaChoice> live = new LinkedHashMap<>();
    private final Rate rate = new Rate(System::nanoTime);
    private final Arrivals arrivals = new Arrivals();
    private final CompletableFuture<Optional<String>> started = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Object lock = new Object();
    private Optional<LlamaContext> context = Optional.empty(); // guarded by lock
    private volatile boolean closing;
    private volatile Load load = new Load(0, 0, 0, 0);

    record Size(int slots, int kvTokens, int threads) {}

    /**
     * @param watcher sees each step before it runs
     * @param onEnded called once for each choice of each generation that was added
     */
    StepLoop(LlamaModel model, Size size, Consumer<Scheduler.Step> watcher, Runnable onEnded) {
        this.model = model;
        this.size = size;
        this.watcher = watcher;
        this.onEnded = onEnded;
        this.scheduler = new Scheduler(size.slots(), size.kvTokens(), rows(size), PREFILL_BESIDE_DECODE);
    }

    /** Returns when the context is there. */
    void start() throws EngineStartException {
        thread.start();
        Optional<String> problem = started.join();
        if (problem.isPresent()) {
            throw new EngineStartException("The model does not start: " + problem.get());
        }
    }

    void add(LlamaGeneration generation) {
        arrivals.add(generation);
    }

    void wake() {
        arrivals.wake();
    }

    Load load() {
        Load last = load;
        return new Load(last.running(), last.waiting(), last.kvUsed(), rate.perSecond());
    }

    CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Ends the running step and all generations. */
    void close() {
        closing = true;
        synchronized (lock) {
            context.ifPresent(LlamaContext::abort);
        }
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                runInNewContext();
            }
            endAll(new Fault("engine_closed", "The model was stopped."));
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            LOG.error("the engine can not go on", e);
            started.complete(Optional.of(String.valueOf(e.getMessage())));
            ended.completeExceptionally(e);
            endAll(new Fault("engine_failed", "The model failed and can not go on."));
        }
    }

    private void endAll(Fault fault) {
        closing = true;
        arrivals.close().forEach(this::enter);
        failAll(fault);
    }

    /** A context that failed is not used again; without a new one the engine can not go on. */
    private void runInNewContext() {
        try (LlamaContext fresh = newContext()) {
            runIn(fresh);
        }
    }

    private void runIn(LlamaContext fresh) {
        try {
            loop(fresh);
        } catch (LlamaException e) {
            if (!closing) {
                LOG.error("a step failed; all running generations end", e);
                failAll(new Fault("engine_failed", "The model failed while it was generating."));
            }
        } finally {
            use(Optional.empty());
        }
    }

    private LlamaContext newContext() {
        LlamaContext fresh = model.context(size.slots(), size.kvTokens(), rows(size), size.threads(), EXPERTS_EVERY);
        use(Optional.of(fresh));
        started.complete(Optional.empty());
        return fresh;
    }

    private void loop(LlamaContext context) {
        while (!closing) {
            takeArrived(context);
            review(context);
            Scheduler.Step step = scheduler.plan();
            if (step.rows().isEmpty()) {
                step.evicted().forEach(sequence -> context.forget(sequence.slot(), 0));
                publish();
                sleep();
            } else {
                run(step, context);
                publish();
            }
        }
    }

    private void takeArrived(LlamaContext context) {
        for (LlamaGeneration generation : arrivals.take()) {
            enter(generation);
            generation.choices().forEach(choice -> scheduler.add(choice.sequence()));
            guarded(generation, context, generation::begin);
        }
    }

    private void enter(LlamaGeneration generation) {
        generation.choices().forEach(choice -> live.put(choice.sequence(), choice));
    }

    private void review(LlamaContext context) {
        long now = System.nanoTime();
        for (LlamaGeneration generation : generations()) {
            guarded(generation, context, () -> generation.review(now));
        }
    }

    private void run(Scheduler.Step step, LlamaContext context) {
        long started = System.nanoTime();
        watcher.accept(step);
        step.evicted().forEach(sequence -> context.forget(sequence.slot(), 0));
        step.admitted()
                .forEach(sequence ->
                        context.bind(sequence.slot(), choice(sequence).chat()));
        step.shared()
                .forEach(share -> context.share(share.from().slot(), share.to().slot(), share.length()));
        LlamaChoice[] bySlot = new LlamaChoice[size.slots()];
        Set<LlamaGeneration> parts = new HashSet<>();
        for (Scheduler.Rows rows : step.rows()) {
            LlamaChoice choice = choice(rows.sequence());
            bySlot[rows.sequence().slot()] = choice;
            parts.add(choice.generation());
            add(rows, context);
        }
        parts.forEach(generation -> generation.tookPart(step.rows().size(), started));
        List<LlamaContext.Pick> picks = compute(context);
        scheduler.done(step);
        rate.add(picks.size());
        long now = System.nanoTime();
        for (LlamaContext.Pick pick : picks) {
            LlamaChoice choice = bySlot[pick.slot()];
            if (live.containsKey(choice.sequence())) {
                LlamaGeneration generation = choice.generation();
                guarded(generation, context, () -> generation.picked(choice, pick, now));
            }
        }
    }

    private static void add(Scheduler.Rows rows, LlamaContext context) {
        Sequence sequence = rows.sequence();
        int last = rows.from() + rows.count() - 1;
        for (int position = rows.from(); position <= last; position++) {
            context.add(sequence.token(position), position, sequence.slot(), position == last && rows.picks());
        }
    }

    private static List<LlamaContext.Pick> compute(LlamaContext context) {
        try {
            return context.step();
        } catch (KvCacheFullException e) {
            throw new LlamaException(LlamaException.Code.INTERNAL, "the KV cache is fuller than the scheduler knows");
        }
    }

    /** What one generation's output or parser throws ends that generation only. */
    private void guarded(LlamaGeneration generation, LlamaContext context, Turn turn) {
        try {
            List<Ending> endings = turn.take();
            endings.forEach(ending -> leave(ending.choice(), context));
            endings.forEach(generation::end);
        } catch (RuntimeException e) {
            LOG.error("a generation ends with a fault", e);
            generation.choices().forEach(choice -> leave(choice, context));
            fail(generation, new Fault("engine_failed", "The answer could not be read."));
        }
    }

    private interface Turn {
        List<Ending> take();
    }

    private void leave(LlamaChoice choice, LlamaContext context) {
        Sequence sequence = choice.sequence();
        if (live.containsKey(sequence) && sequence.slot() != Sequence.NO_SLOT) {
            context.unbind(sequence.slot());
        }
        forget(choice);
    }

    /** Its place is free before anybody hears of its end. */
    private void forget(LlamaChoice choice) {
        if (live.remove(choice.sequence()) != null) {
            scheduler.remove(choice.sequence());
            onEnded.run();
            publish();
        }
    }

    private static void fail(LlamaGeneration generation, Fault fault) {
        try {
            generation.fail(fault);
        } catch (RuntimeException e) {
            LOG.error("an output failed", e);
        }
    }

    private void failAll(Fault fault) {
        for (LlamaGeneration generation : generations()) {
            generation.choices().forEach(this::forget);
            fail(generation, fault);
        }
    }

    private void sleep() {
        long now = System.nanoTime();
        long patience = generations().stream()
                .mapToLong(generation -> generation.patience(now))
                .min()
                .orElse(LONGEST_SLEEP_NANOS);
        try {
            arrivals.await(Math.min(patience, LONGEST_SLEEP_NANOS));
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private void publish() {
        load = new Load(scheduler.running(), live.size() - scheduler.running(), scheduler.kvUsed(), 0);
    }

    private Set<LlamaGeneration> generations() {
        Set<LlamaGeneration> all = new LinkedHashSet<>();
        live.values().forEach(choice -> all.add(choice.generation()));
        return all;
    }

    private LlamaChoice choice(Sequence sequence) {
        return Optional.ofNullable(live.get(sequence)).orElseThrow();
    }

    private void use(Optional<LlamaContext> now) {
        synchronized (lock) {
            context = now;
        }
    }

    private static int rows(Size size) {
        return Math.max(size.slots(), Math.min(MOST_ROWS, size.kvTokens()));
    }
}
