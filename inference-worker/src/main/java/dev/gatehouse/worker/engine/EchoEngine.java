package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.engine.EchoSequence.Move;
import dev.gatehouse.worker.engine.RefusedException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine without a model, for tests of everything around one. It answers with the text of the last user message, or
 * plays the script that this text is:
 *
 * <pre>{"reasoning":"…","content":"…","tool":{"name":"…","arguments":"…"},"cut":[3,9],"paceMs":10,"pauseBefore":"first"}</pre>
 *
 * All members are optional. Reasoning comes first, then content, then the tool call.
 *
 * <ul>
 *   <li>{@code cut}: byte offsets at which tokens end, counted over reasoning, content and tool arguments one after the
 *       other as UTF-8. Each part also ends a token. Without {@code cut} a token is a word with the white space after it.
 *   <li>A token is a frame, except one that ends inside a character and completes none: its bytes and its id come with the
 *       frame that completes the character, so that each frame is whole UTF-8.
 *   <li>{@code paceMs}: time from a token to the next; the first one comes at once.
 *   <li>{@code pauseBefore}: before the first token, or after the last one and before the end, the generation waits until
 *       it is cancelled or 30 s have passed; {@code hang} stops the engine's thread before the first token for good, as a step does
 *       that never ends.
 * </ul>
 *
 * Tokens of the prompt are the words of all messages. Stop texts, caps, {@code max_tokens}, the context, slots and the
 * queue hold as with a model; sampling changes nothing, and every log probability is 0. Several choices play the same script,
 * a token each in turn, in one slot.
 */
public final class EchoEngine implements Engine {

    /** The id that clients ask for. */
    public static final String MODEL = "echo";

    private static final Logger LOG = LoggerFactory.getLogger(EchoEngine.class);
    private static final int CONTEXT = 131_072;
    private static final String SHA_256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final Fault CLOSED =
            new Fault("engine_closed", "The node is shutting down and ended this answer. Send the request again.");

    private final Model model;
    private final int queue;
    private final Pulse pulse = new Pulse();
    private final Rate rate = new Rate(System::nanoTime);
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<EchoSequence> waiting = new ArrayDeque<>();
    private final List<EchoSequence> running = new ArrayList<>();
    private int kvUsed;
    private boolean closed;

    /**
     * @param slots sequences at a time, at least 1
     * @param queue requests that may wait, at least 0
     */
    public EchoEngine(int slots, int queue) {
        this.model = new Model(MODEL, "echo", SHA_256_OF_NOTHING, CONTEXT, EchoPlan.VOCABULARY, slots, CONTEXT);
        this.queue = queue;
        this.thread = Thread.ofPlatform().name("echo-engine").daemon().start(this::run);
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public Load load() {
        lock.lock();
        try {
            return new Load(running.size(), waiting.size(), kvUsed, rate.perSecond());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Activity activity() {
        return Activity.NONE;
    }

    @Override
    public Optional<Turn> turn() {
        return pulse.turn();
    }

    @Override
    public Optional<ExpertPicks> experts() {
        return Optional.empty();
    }

    @Override
    public Generation submit(GenerationRequest request, Output output) throws RefusedException {
        EchoPrompt prompt = EchoPrompt.of(request.chat());
        if (prompt.tokens() >= CONTEXT) {
            throw new RefusedException(
                    Kind.CALLER,
                    "context_length_exceeded",
                    "messages",
                    "This model's context is " + CONTEXT + " tokens and the messages have " + prompt.tokens()
                            + ". Shorten the messages.");
        }
        EchoScript script = EchoScript.of(prompt.lastUserText());
        int most = Math.min(request.maxTokens().orElse(CONTEXT), CONTEXT - prompt.tokens());
        EchoPlan plan = EchoPlan.of(script, request.stop(), most);
        if (!plan.beginsWith(request.begun().ids())) {
            throw Refusals.notSuchABeginning();
        }
        return enqueue(new EchoSequence(request, output, script, plan, prompt.tokens(), System.nanoTime()));
    }

    @Override
    public Quote quote(GenerationRequest request) throws RefusedException {
        return new Quote(EchoPrompt.of(request.chat()).tokens(), 0, 0, 0);
    }

    private Generation enqueue(EchoSequence sequence) throws RefusedException {
        lock.lock();
        try {
            if (closed) {
                throw new RefusedException(Kind.BUSY, CLOSED.code(), "", CLOSED.message());
            }
            if (waiting.size() >= queue + model.slots() - running.size()) {
                throw RefusedException.busy(
                        "All sequences of this node are in use and its queue is full. Try again.", Duration.ZERO);
            }
            waiting.add(sequence);
            changed.signal();
            return new Handle(sequence);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                open = step();
            }
            endAll();
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            LOG.error("The echo engine failed and can not go on", e);
            endAll();
            ended.completeExceptionally(e);
        }
    }

    private void endAll() {
        takeAll().forEach(sequence -> guarded(sequence, () -> sequence.fail(CLOSED)));
    }

    private List<EchoSequence> takeAll() {
        lock.lock();
        try {
            closed = true;
            List<EchoSequence> all = new ArrayList<>(running);
            all.addAll(waiting);
            running.clear();
            waiting.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Decides for all sequences under the lock, then lets them speak without it.
     *
     * @return false once the engine is closed
     */
    private boolean step() {
        EchoStep step;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            step = new EchoStep(System.nanoTime());
            admit(step);
            decide(step);
            if (step.isEmpty()) {
                await(step);
            }
        } finally {
            lock.unlock();
        }
        pulse.begins(Duration.ZERO, () -> "a step of the echo engine for " + step.emitting.size() + " sequences");
        perform(step);
        pulse.rests();
        return true;
    }

    private void admit(EchoStep step) {
        waiting.removeIf(sequence -> ends(sequence, step));
        while (!waiting.isEmpty() && running.size() < model.slots()) {
            EchoSequence next = waiting.remove();
            running.add(next);
            step.starting.add(next);
        }
    }

    private static boolean ends(EchoSequence sequence, EchoStep step) {
        if (sequence.cancelled()) {
            step.ending.put(sequence, FinishReason.CANCELLED);
        }
        return sequence.cancelled();
    }

    private void decide(EchoStep step) {
        for (EchoSequence sequence : running) {
            switch (sequence.next(step.now)) {
                case Move.Wait(long until) -> step.wakeAt = Math.min(step.wakeAt, until);
                case Move.Emit() -> step.emitting.add(sequence);
                case Move.Finish(FinishReason reason) -> step.ending.put(sequence, reason);
            }
        }
        running.removeAll(step.ending.keySet());
        kvUsed = running.stream().mapToInt(EchoSequence::kvUsed).sum();
    }

    private void await(EchoStep step) {
        try {
            if (step.wakeAt == Long.MAX_VALUE) {
                changed.await();
            } else {
                changed.awaitNanos(step.wakeAt - step.now);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void perform(EchoStep step) {
        int rows = step.emitting.size();
        for (EchoSequence sequence : step.starting) {
            guarded(sequence, () -> sequence.start(step.now));
        }
        for (EchoSequence sequence : step.emitting) {
            guarded(sequence, () -> sequence.emit(step.now, rows));
            rate.add(1);
        }
        step.ending.forEach((sequence, reason) -> guarded(sequence, () -> sequence.finish(reason, step.now)));
    }

    /** A receiver that throws loses its own generation and no other. */
    private void guarded(EchoSequence sequence, Runnable speaking) {
        try {
            speaking.run();
        } catch (RuntimeException e) {
            LOG.error("A receiver of the echo engine failed; its generation is cancelled", e);
            cancel(sequence);
        }
    }

    private void cancel(EchoSequence sequence) {
        lock.lock();
        try {
            sequence.cancel();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private final class Handle implements Generation {

        private final EchoSequence sequence;

        Handle(EchoSequence sequence) {
            this.sequence = sequence;
        }

        @Override
        public long cap(long total, boolean last) {
            lock.lock();
            try {
                changed.signal();
                return sequence.raiseCap(total, last);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public CompletableFuture<End> cancel() {
            EchoEngine.this.cancel(sequence);
            return sequence.ended();
        }
    }
}
