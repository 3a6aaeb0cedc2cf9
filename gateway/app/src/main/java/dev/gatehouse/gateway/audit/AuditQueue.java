package dev.gatehouse.gateway.audit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Rows that wait for the disk, oldest first. Anybody adds; only the writer takes, and puts back what could not be written.
 */
final class AuditQueue {

    /** Most rows of a transaction. */
    static final int BATCH = 512;

    /** Most rows that may wait before new intents are refused. */
    static final int INTENTS = 10_000;

    /** Outcomes of requests that were served already have room beyond that. */
    private static final int ALL = 2 * INTENTS;

    private static final int CROWD = 4;
    private static final long LINGER_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final BlockingQueue<Entry> arrivals = new ArrayBlockingQueue<>(ALL);
    private final ArrayDeque<Entry> returned = new ArrayDeque<>();

    /** False when the queue is full. */
    boolean offer(IntentEntry intent) {
        return arrivals.size() < INTENTS && arrivals.offer(intent);
    }

    /** False when the queue is full. */
    boolean offer(OutcomeEntry outcome) {
        return arrivals.offer(outcome);
    }

    /** Rows that wait now, but for those put back. */
    int length() {
        return arrivals.size();
    }

    /** All that waits, up to a batch; when nothing does, what comes within {@code patience}. Lingers a little only for a crowd. */
    List<Entry> take(Duration patience) throws InterruptedException {
        List<Entry> batch = new ArrayList<>();
        while (batch.size() < BATCH && !returned.isEmpty()) {
            batch.add(returned.removeFirst());
        }
        if (batch.isEmpty()) {
            Entry first = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (first == null) {
                return batch;
            }
            batch.add(first);
            if (arrivals.size() >= CROWD) {
                LockSupport.parkNanos(LINGER_NANOS);
            }
        }
        arrivals.drainTo(batch, BATCH - batch.size());
        return batch;
    }

    /** All that waits and was not put back, as long as what was put back stays bounded. */
    List<Entry> takeArrivals() {
        List<Entry> all = new ArrayList<>();
        arrivals.drainTo(all, Math.max(0, ALL - returned.size()));
        return all;
    }

    /** All that waits. */
    List<Entry> takeAll() {
        List<Entry> all = new ArrayList<>(returned);
        returned.clear();
        arrivals.drainTo(all);
        return all;
    }

    /** Puts rows back in front, in their order. */
    void putBack(List<Entry> rows) {
        rows.reversed().forEach(returned::addFirst);
    }

    /** Puts a row behind those put back. */
    void putBehind(Entry row) {
        returned.addLast(row);
    }

    boolean isEmpty() {
        return returned.isEmpty() && arrivals.isEmpty();
    }
}
