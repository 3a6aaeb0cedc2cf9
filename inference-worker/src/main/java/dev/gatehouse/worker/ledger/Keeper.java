package dev.gatehouse.worker.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that waits for the disk: it syncs for all who asked since the last time at once, and makes room before it is needed. */
final class Keeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private static final double NEARLY_FULL = 0.8;
    private static final long ROOM_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LedgerFile file;
    private final BooleanSupplier needsRoom;
    private final NewSlots newSlots;
    private final int mostRecords;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private BitSet dirty = new BitSet();
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private boolean woken;
    private long noRoomUntil = System.nanoTime();
    private boolean closed;
    private boolean warned;

    private volatile String noRoom = "The node's ledger has no room yet. Try again in a second.";
    private volatile @Nullable String failure;

    /** Takes the numbers of slots that have become usable. */
    interface NewSlots {
        void add(int from, int to);
    }

    Keeper(LedgerFile file, BooleanSupplier needsRoom, NewSlots newSlots, int mostRecords) {
        this.file = file;
        this.needsRoom = needsRoom;
        this.newSlots = newSlots;
        this.mostRecords = mostRecords;
        this.thread = Thread.ofPlatform().name("ledger").daemon().start(this::run);
    }

    CompletableFuture<Void> sync(int extent) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lock.lock();
        try {
            if (closed) {
                done.completeExceptionally(new IllegalStateException("the ledger is closed"));
                return done;
            }
            dirty.set(extent);
            waiting.add(done);
            work.signal();
            return done;
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            woken = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** After a failed sync the operating system may have dropped what we wrote: only a restart reads what is there. */
    void requireHealthy() throws LedgerUnavailableException {
        String why = failure;
        if (why != null) {
            throw new LedgerUnavailableException(why);
        }
    }

    String whyNoRoom() {
        return noRoom;
    }

    /** Finishes what was asked for, then ends the thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
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
        while (pass()) {
            makeRoom();
        }
    }

    /** @return false after the last one */
    private boolean pass() {
        BitSet extents;
        List<CompletableFuture<Void>> askers;
        lock.lock();
        try {
            while (waiting.isEmpty() && !woken && !closed) {
                work.awaitUninterruptibly();
            }
            woken = false;
            extents = dirty;
            askers = waiting;
            dirty = new BitSet();
            waiting = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        syncFor(askers, extents);
        return !(askers.isEmpty() && isClosed());
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void syncFor(List<CompletableFuture<Void>> askers, BitSet extents) {
        try {
            extents.stream().forEach(file::sync);
            askers.forEach(asker -> asker.complete(null));
        } catch (RuntimeException e) {
            failure = "The node's ledger could not be written to the disk (" + e.getMessage()
                    + "). Repair the disk and restart the worker.";
            LOG.error("{}", failure, e);
            askers.forEach(asker -> asker.completeExceptionally(e));
        }
    }

    private void makeRoom() {
        if (needsRoom.getAsBoolean() && System.nanoTime() - noRoomUntil >= 0) {
            grow();
        }
    }

    private void grow() {
        int from = file.count();
        if (from + LedgerFile.EXTENT_SLOTS > mostRecords) {
            refuseRoom(
                    "The node's ledger is full: it keeps " + from + " exchanges of the last 24 hours. Send requests to"
                            + " another node, or raise gatehouse.worker.ledger.records.");
            return;
        }
        try {
            file.grow();
            newSlots.add(from, file.count());
            warnWhenNearlyFull(file.count());
        } catch (IOException e) {
            refuseRoom("The node's ledger can not grow (" + e.getMessage() + "). Free space on its disk.");
        }
    }

    private void warnWhenNearlyFull(int slots) {
        if (!warned && slots >= mostRecords * NEARLY_FULL) {
            warned = true;
            LOG.warn(
                    "The node's ledger has grown to {} of its {} records. When all are of the last 24 hours, requests are"
                            + " refused: raise gatehouse.worker.ledger.records.",
                    slots,
                    mostRecords);
        }
    }

    private void refuseRoom(String why) {
        noRoomUntil = System.nanoTime() + ROOM_RETRY_NANOS;
        if (!why.equals(noRoom)) {
            LOG.error("{}", why);
            noRoom = why;
        }
    }
}
