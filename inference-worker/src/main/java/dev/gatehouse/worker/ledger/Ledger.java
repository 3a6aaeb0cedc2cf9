package dev.gatehouse.worker.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

    /** Records that are looked at in one go; a part of an extent. */
    private static final int PIECE = LedgerFile.EXTENT_SLOTS / 16;

    private final LedgerFile file;
    private final Clock clock;
    private final LedgerLock directoryLock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Occupancy occupancy;
    private final Keeper keeper;
    private final int mostRecords;

    private Ledger(LedgerFile file, Clock clock, LedgerLock directoryLock, int mostRecords) {
        this.file = file;
        this.clock = clock;
        this.directoryLock = directoryLock;
        this.mostRecords = mostRecords;
        this.occupancy = new Occupancy(file, horizon(clock.millis()));
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
            LedgerFile file = openFile(directory.resolve("exchanges.ledger"), clock.millis());
            return new Ledger(file, clock, directoryLock, mostRecords);
        } catch (IOException | UncheckedIOException e) {
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

    private static LedgerFile openFile(Path path, long now) throws IOException {
        LedgerFile file = LedgerFile.open(path);
        try {
            Compaction.run(file, now, new Damage(path, now));
            if (file.extents() == 0) {
                file.grow();
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static long horizon(long now) {
        return now - RETENTION.toMillis();
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
            occupancy.forget(horizon(clock.millis()));
            if (locate(id).isPresent()) {
                throw new ExchangeExistsException(id);
            }
            return occupy(id, model, cap);
        } finally {
            lock.unlock();
        }
    }

    private Entry occupy(ExchangeId id, String model, long cap) throws LedgerUnavailableException {
        OptionalInt number = occupancy.take();
        if (number.isEmpty()) {
            keeper.wake();
            throw new LedgerUnavailableException(keeper.whyNoRoom());
        }
        Slot slot = file.slot(number.getAsInt());
        slot.open(id, model, clock.millis(), cap);
        occupancy.occupy(number.getAsInt());
        return new Entry(this, number.getAsInt(), slot);
    }

    public Optional<ExchangeRecord> find(ExchangeId id) {
        lock.lock();
        try {
            return locate(id).stream()
                    .mapToObj(number -> file.slot(number).read())
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    /** All attempts of an intent, in the order of their numbers. */
    public List<ExchangeRecord> find(UUID intent) {
        lock.lock();
        try {
            return occupancy.read(intent);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sums over the exchanges that have ended and whose intents were made in a time. Looks at every record, some at a time, so that
     * others wait for microseconds; an exchange that begins or ends meanwhile may be in it or not.
     *
     * @param from milliseconds since the epoch, included
     * @param until milliseconds since the epoch, excluded
     */
    public Totals totals(long from, long until) {
        Totals totals = Totals.NONE;
        for (int number = 0; number < file.count(); number += PIECE) {
            totals = totals(totals, number, from, until);
        }
        return totals;
    }

    private Totals totals(Totals before, int first, long from, long until) {
        lock.lock();
        try {
            Totals totals = before;
            for (int number = first; number < first + PIECE; number++) {
                Slot slot = file.slot(number);
                if (slot.used() && slot.ended() && from <= slot.madeAt() && slot.madeAt() < until) {
                    totals = totals.plus(slot.counts());
                }
            }
            return totals;
        } finally {
            lock.unlock();
        }
    }

    /** How many records it has. */
    public int records() {
        lock.lock();
        try {
            return occupancy.used();
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

    private OptionalInt locate(ExchangeId id) {
        return occupancy.find(id.intent(), id.attempt());
    }

    private boolean needsRoom() {
        lock.lock();
        try {
            return occupancy.free() < LedgerFile.EXTENT_SLOTS / 2;
        } finally {
            lock.unlock();
        }
    }

    private void addRoom(int from, int to) {
        lock.lock();
        try {
            occupancy.addRoom(from, to);
        } finally {
            lock.unlock();
        }
    }
}
