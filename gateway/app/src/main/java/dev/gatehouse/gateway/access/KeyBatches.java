package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks keys up in the database, one round trip at a time: what arrives meanwhile waits together for the next. A key is asked for once, however
 * many callers wait for it, and a flood of keys is answered by larger batches, not by more of them.
 */
final class KeyBatches {

    private static final Logger LOG = LoggerFactory.getLogger(KeyBatches.class);

    /** Keys in one round trip, at most. */
    static final int BATCH = 256;

    /** Keys that may wait; beyond it callers are refused. */
    static final int QUEUE = 4_096;

    /** From the start of one round trip to that of the next, at least. */
    static final Duration PACE = Duration.ofMillis(5);

    static final Problem STOPPING =
            Problem.later(Code.SHUTTING_DOWN, Duration.ofSeconds(1), "The gateway is stopping: try again.");
    private static final Problem FULL =
            Problem.later(Code.OVERLOADED, Duration.ofSeconds(1), "Too many API keys wait to be checked: try again.");

    private final KeyStore store;
    private final KeyMemory memory;
    private final Consumer<KeyRecord> used;
    private final Runnable end;
    private final ConcurrentHashMap<KeyDigest, Wanted> wanted = new ConcurrentHashMap<>();
    private final BlockingQueue<Wanted> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread;

    /**
     * @param used is told of every key that was found, on the thread of the look-ups
     * @param end ends the process, for the supervisor to start another: without this thread no key is checked any more
     */
    KeyBatches(KeyStore store, KeyMemory memory, Consumer<KeyRecord> used, Runnable end) {
        this.store = store;
        this.memory = memory;
        this.used = used;
        this.end = end;
        this.thread = Thread.ofVirtual().name("key look-up").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void close() {
        thread.interrupt();
    }

    /**
     * Asks for a key.
     *
     * @param name its digest under the newest pepper
     * @param digests what it may be stored as
     * @return the answer; fails with what the database throws, or with a fault when too many wait
     */
    CompletableFuture<Lookup> ask(KeyDigest name, List<KeyDigest> digests) {
        Wanted mine = new Wanted(name, digests, new CompletableFuture<>());
        @Nullable Wanted earlier = wanted.putIfAbsent(name, mine);
        if (earlier != null) {
            return earlier.answer;
        }
        if (!queue.offer(mine)) {
            fail(mine, new Fault(FULL));
        }
        return mine.answer;
    }

    private void run() {
        try {
            while (true) {
                List<Wanted> batch = next();
                long began = System.nanoTime();
                answer(batch);
                Thread.sleep(PACE.minusNanos(System.nanoTime() - began));
            }
        } catch (InterruptedException e) {
            failAll(new Fault(STOPPING, e));
        } catch (Throwable e) {
            over(e);
        }
    }

    private void over(Throwable why) {
        try {
            failAll(new Fault(STOPPING, why));
            LOG.error("API keys cannot be checked any more: the gateway ends", why);
        } finally {
            end.run();
        }
    }

    private List<Wanted> next() throws InterruptedException {
        List<Wanted> batch = new ArrayList<>();
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        return batch;
    }

    private void answer(List<Wanted> batch) {
        try {
            long before = memory.now();
            List<Wanted> open =
                    batch.stream().filter(one -> !answeredFromMemory(one)).toList();
            Map<KeyDigest, KeyRecord> found = open.isEmpty() ? Map.of() : store.find(digests(open));
            found.values().forEach(used);
            open.forEach(one -> answer(one, one.in(found), before));
        } catch (RuntimeException e) {
            batch.forEach(one -> fail(one, e));
        }
    }

    /** A caller that misses memory may ask just after its key was answered; this thread alone answers, so it can tell. */
    private boolean answeredFromMemory(Wanted one) {
        Optional<Lookup> known = memory.recall(one.name);
        known.ifPresent(answer -> complete(one, answer));
        return known.isPresent();
    }

    private void answer(Wanted one, Lookup answer, long before) {
        memory.keep(one.name, answer, before);
        complete(one, answer);
    }

    private void complete(Wanted one, Lookup answer) {
        wanted.remove(one.name, one);
        one.answer.complete(answer);
    }

    private void failAll(Fault why) {
        wanted.values().forEach(one -> fail(one, why));
    }

    private void fail(Wanted one, RuntimeException why) {
        wanted.remove(one.name, one);
        one.answer.completeExceptionally(why);
    }

    private static List<KeyDigest> digests(List<Wanted> open) {
        return open.stream().flatMap(one -> one.digests.stream()).toList();
    }

    private record Wanted(KeyDigest name, List<KeyDigest> digests, CompletableFuture<Lookup> answer) {

        Lookup in(Map<KeyDigest, KeyRecord> found) {
            return digests.stream()
                    .flatMap(digest -> Optional.ofNullable(found.get(digest)).stream())
                    .<Lookup>map(Lookup.Found::new)
                    .findFirst()
                    .orElse(Lookup.Absent.ABSENT);
        }
    }
}
