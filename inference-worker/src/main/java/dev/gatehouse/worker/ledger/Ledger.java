package dev.gatehouse.worker.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The node's record of exchanges. Thread-safe; nothing here waits for the disk but {@link #open}, {@link #close} and who
 * waits for {@link Entry#durable}.
 */
public final class Ledger implements AutoCloseable {

    /** How long a record is kept after its end. */
    public static final Duration RETENTION = Duration.ofHours(24);

    private final LedgerFile file;
    private final Clock clock;
    private final LedgerLock directoryLock;
    private final ReentrantLock lock = new ReentrantLock();
    private final SlotIndex index;
    private final Deque<Integer> used = new ArrayDeque<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Keeper keeper;
    private final int mostRecords;

    private Ledger(LedgerFile file, int kept, Clock clock, LedgerLock directoryLock, int mostRecords) {
        this.file = file;
        this.clock = clock;
        this.directoryLock = directoryLock;
        this.mostRecords = mostRecords;
        this.index = new SlotIndex(slot -> file.slot(slot).intent());
        for (int slot = 0; slot < kept; slot++) {
            index.add(slot);
            used.add(slot);
        }
        for (int slot = kept; slot < file.slots(); slot++) {
            free.add(slot);
        }
        this.keeper = new Keeper(file, this::needsRoom, this::addRoom, mostRecords);
    }

    /**
     * Opens the ledger of a directory: leaves out what is too old, and ends what ran when the last process died.
     *
     * @param mostRecords at a time, 256 bytes of file each
     * @throws LedgerException it can not be used: another process has it, or the disk refuses
     */
    public static Ledger open(Path directory, Clock clock, int mostRecords) {
        LedgerLock directoryLock = LedgerLock.acquire(directory);
        try {
            Compaction.Kept kept = Compaction.run(directory, clock.millis());
            return new Ledger(kept.file(), kept.records(), clock, directoryLock, mostRecords);
        } catch (IOException e) {
            directoryLock.close();
            throw new LedgerException(
                    "The ledger in " + directory + " can not be opened: " + e.getMessage()
                            + ". Check its permissions and the free space, or name another directory with"
                            + " gatehouse.worker.ledger.directory.",
                    e);
        } catch (RuntimeException e) {
            directoryLock.close();
            throw e;
        }
    }

    /**
     * Records that an exchange starts; it is on the disk when {@link Entry#durable} completes.
     *
     * @param model at most 88 bytes of UTF-8
     * @throws ExchangeExistsException it was begun before, whatever became of it
     * @throws LedgerUnavailableException the disk or the ledger is full, or the disk failed
     */
    public Entry begin(ExchangeId id, String model, long cap)
            throws ExchangeExistsException, LedgerUnavailableException {
        keeper.requireHealthy();
        lock.lock();
        try {
            forgetOld();
            if (locate(id).isPresent()) {
                throw new ExchangeExistsException(id);
            }
            return occupy(id, model, cap);
        } finally {
            lock.unlock();
        }
    }

    private Entry occupy(ExchangeId id, String model, long cap) throws LedgerUnavailableException {
        Integer number = free.poll();
        if (number == null) {
            keeper.wake();
            throw new LedgerUnavailableException(keeper.whyNoRoom());
        }
        Slot slot = file.slot(number);
        slot.open(id, model, clock.millis(), cap);
        index.add(number);
        used.add(number);
        return new Entry(this, number, slot);
    }

    public Optional<ExchangeRecord> find(ExchangeId id) {
        lock.lock();
        try {
            return locate(id).map(number -> file.slot(number).read());
        } finally {
            lock.unlock();
        }
    }

    /** All attempts of an intent, in the order of their numbers. */
    public List<ExchangeRecord> find(UUID intent) {
        lock.lock();
        try {
            List<ExchangeRecord> found = new ArrayList<>();
            index.each(intent, number -> found.add(file.slot(number).read()));
            found.sort((a, b) -> Integer.compare(a.id().attempt(), b.id().attempt()));
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** How many records it has. */
    public int records() {
        lock.lock();
        try {
            return used.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many records it may have. */
    public int mostRecords() {
        return mostRecords;
    }

    /** Ends no exchange: those still open will be read as died. */
    @Override
    public void close() {
        keeper.close();
        try {
            file.close();
        } catch (IOException e) {
            throw new LedgerException("The ledger could not be closed: " + e.getMessage(), e);
        } finally {
            directoryLock.close();
        }
    }

    CompletableFuture<Void> sync(int number) {
        return keeper.sync(number / LedgerFile.EXTENT_SLOTS);
    }

    long now() {
        return clock.millis();
    }

    private Optional<Integer> locate(ExchangeId id) {
        List<Integer> found = new ArrayList<>(1);
        index.each(id.intent(), number -> {
            if (file.slot(number).attempt() == id.attempt()) {
                found.add(number);
            }
        });
        return found.stream().findFirst();
    }

    /** Those that still run go behind the others, so that one that runs for long keeps no other. */
    private void forgetOld() {
        long horizon = clock.millis() - RETENTION.toMillis();
        for (int left = used.size(); left > 0; left--) {
            Slot oldest = file.slot(used.getFirst());
            if (oldest.ended() && oldest.endedAt() >= horizon) {
                return;
            }
            int number = used.removeFirst();
            if (oldest.ended()) {
                index.remove(number);
                oldest.clear();
                free.add(number);
            } else {
                used.addLast(number);
            }
        }
    }

    private boolean needsRoom() {
        lock.lock();
        try {
            return free.size() < LedgerFile.EXTENT_SLOTS / 2;
        } finally {
            lock.unlock();
        }
    }

    private void addRoom(int from, int to) {
        lock.lock();
        try {
            for (int slot = from; slot < to; slot++) {
                free.add(slot);
            }
        } finally {
            lock.unlock();
        }
    }
}
