package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.llama.LlamaContext;
import dev.gatehouse.worker.llama.LlamaException;
import dev.gatehouse.worker.llama.LlamaModel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one platform thread that owns the context: it takes new generations and runs their {@link Steps}. */
final class StepLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(StepLoop.class);
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Fault CLOSED = new Fault("engine_closed", "The model was stopped.");
    private static final Fault FAILED = new Fault("engine_failed", "The model failed and can not go on.");

    private final LlamaModel model;
    private final Scheduler.Size size;
    private final int threads;
    private final Consumer<Step> watcher;
    private final Runnable onEnded;
    private final Consumer<LlamaGeneration> reader;
    private final Instruments instruments;
    private final AnswerLengths lengths = new AnswerLengths();
    private final Thread thread = Thread.ofPlatform()
            .name("llama-engine")
            .stackSize(NativeStack.BYTES)
            .unstarted(this);
    private final Arrivals arrivals = new Arrivals();
    private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Optional<String>> started = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Object lock = new Object();
    private Optional<LlamaContext> context = Optional.empty(); // guarded by lock
    private volatile Optional<Steps> steps = Optional.empty();
    private volatile boolean closing;

    /**
     * @param threads of the native pool
     * @param watcher sees each step before it runs
     * @param onEnded called once for each choice of each generation that was added
     * @param reader gets generations whose stored prompt is to be read elsewhere, and brings them {@link #back}
     */
    StepLoop(
            LlamaModel model,
            Scheduler.Size size,
            int threads,
            Instruments instruments,
            Consumer<Step> watcher,
            Runnable onEnded,
            Consumer<LlamaGeneration> reader) {
        this.model = model;
        this.size = size;
        this.threads = threads;
        this.instruments = instruments;
        this.watcher = watcher;
        this.onEnded = onEnded;
        this.reader = reader;
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

    /** Takes a generation in again that the reader has got. */
    void back(LlamaGeneration generation) {
        try {
            arrivals.add(generation);
        } catch (IllegalStateException closed) {
            refuse(generation, CLOSED);
        }
    }

    void wake() {
        arrivals.wake();
    }

    /** What a sequence that came now would find, asked between two steps. */
    Quote quote(Sequence sequence) {
        Question question = new Question(sequence, new CompletableFuture<>());
        questions.add(question);
        wake();
        return question.answer()
                .applyToEither(ended.thenApply(StepLoop::gone), quote -> quote)
                .join();
    }

    private static Quote gone(@Nullable Void ended) {
        throw new IllegalStateException("the engine is closed");
    }

    private record Question(Sequence sequence, CompletableFuture<Quote> answer) {}

    Load load() {
        return steps.map(Steps::figures)
                .map(now -> new Load(
                        now.running(),
                        now.waiting(),
                        now.kvUsed(),
                        instruments.rate().perSecond()))
                .orElse(new Load(0, 0, 0, 0));
    }

    /** In what time one of those that run or wait is likely to end. */
    Duration nextEnd() {
        return steps.map(Steps::figures).map(Steps.Figures::nextEnd).orElse(Duration.ZERO);
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
            endAll(arrivals.close(), CLOSED);
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            LOG.error("the engine can not go on", e);
            closing = true;
            List<LlamaGeneration> last = arrivals.close();
            started.complete(Optional.of(String.valueOf(e.getMessage())));
            ended.completeExceptionally(e);
            endAll(last, FAILED);
        }
    }

    private void endAll(List<LlamaGeneration> last, Fault fault) {
        steps.ifPresent(now -> now.failAll(fault));
        last.forEach(generation -> refuse(generation, fault));
    }

    /** Ends a generation that has entered no steps. */
    private void refuse(LlamaGeneration generation, Fault fault) {
        generation.choices().forEach(choice -> onEnded.run());
        Steps.fail(generation, fault);
    }

    /** A context that failed is not used again; without a new one the engine can not go on. */
    private void runInNewContext() {
        try (LlamaContext fresh = model.context(
                size.slots(),
                size.sequences(),
                size.kvTokens(),
                size.mostRows(),
                threads,
                instruments.experts().every())) {
            use(Optional.of(fresh));
            started.complete(Optional.empty());
            runIn(fresh);
        }
    }

    private void runIn(LlamaContext fresh) {
        Scheduler scheduler = new Scheduler(size, cells(fresh), instruments.cost(), lengths);
        Steps now = new Steps(fresh, scheduler, instruments, watcher, onEnded);
        steps = Optional.of(now);
        try {
            loop(now);
        } catch (LlamaException e) {
            if (!closing) {
                LOG.error("a step failed; all running generations end", e);
                now.failAll(new Fault("engine_failed", "The model failed while it was generating."));
            }
        } finally {
            instruments.pulse().rests();
            use(Optional.empty());
        }
    }

    private void loop(Steps now) {
        while (!closing) {
            arrivals.take().forEach(generation -> enter(generation, now));
            for (Question next = questions.poll(); next != null; next = questions.poll()) {
                next.answer().complete(now.quote(next.sequence()));
            }
            if (!now.next()) {
                instruments.pulse().rests();
                sleep(now.patience(LONGEST_SLEEP_NANOS));
            }
        }
    }

    private void enter(LlamaGeneration generation, Steps now) {
        if (generation.stored().wanted(now.match(generation))) {
            reader.accept(generation);
        } else {
            now.enter(generation);
        }
    }

    private void sleep(long nanos) {
        try {
            arrivals.await(nanos);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private void use(Optional<LlamaContext> now) {
        synchronized (lock) {
            context = now;
        }
    }

    private static Cells cells(LlamaContext context) {
        return new Cells() {
            @Override
            public void share(int from, int to, int start, int end) {
                context.share(from, to, start, end);
            }

            @Override
            public void drop(int sequence, int start, int end) {
                context.drop(sequence, start, end);
            }

            @Override
            public boolean restore(int sequence, int start, int end, ByteBuffer state) {
                return context.restore(sequence, start, end, state);
            }
        };
    }
}
