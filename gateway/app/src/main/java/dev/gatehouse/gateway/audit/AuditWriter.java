package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.audit.AppendException.Kind;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: it takes all that waits, and one transaction carries it.
 *
 * <p>When the database fails, a batch is tried once more at once, on a new connection: writing a row twice is writing it once. If that
 * fails too, the intents that wait fail with it, and outcomes go back to the queue until the database is there again. Nothing is
 * dispatched for a failed intent, so one that is certainly not on disk is forgotten. One that may be on disk (the connection broke
 * before the answer came) stays in the queue: once it certainly is on disk, it gets the outcome {@code NOT_DISPATCHED}. The same goes
 * for an intent that came to the disk after its caller had given up. Should this gateway die before, it is an orphan like any other.
 */
final class AuditWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final AuditQueue queue;
    private final Appender appender;
    private final AuditMeters meters;
    private final Duration stuckAfter;
    private final Consumer<Entry> settled;
    private final Thread thread;
    private Duration pause = FIRST_PAUSE;
    private volatile boolean down;
    private volatile boolean closing;

    /** When the transaction that is under way began, in nanoseconds; 0 when there is none. */
    private volatile long writingSince;

    /**
     * @param stuckAfter a transaction that takes longer shows a database that hangs
     * @param settled is told of every entry that waits no longer
     */
    AuditWriter(AuditQueue queue, Appender appender, AuditMeters meters, Duration stuckAfter, Consumer<Entry> settled) {
        this.queue = queue;
        this.appender = appender;
        this.meters = meters;
        this.stuckAfter = stuckAfter;
        this.settled = settled;
        this.thread = Thread.ofPlatform().name("audit-writer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether the last try failed, or hangs: new intents need not queue. */
    boolean isDown() {
        long since = writingSince;
        return down || (since != 0 && System.nanoTime() - since > stuckAfter.toNanos());
    }

    /** Writes what waits, for some seconds at most. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(FAREWELL)) {
                LOG.error(
                        "the audit log could not be written before the end; intents without an outcome are left to recovery");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (appender) {
            while (!closing || !queue.isEmpty()) {
                if (down) {
                    Thread.sleep(pause);
                }
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("the audit's writer was interrupted");
        }
    }

    private void turn() throws InterruptedException {
        List<Entry> batch = alive(queue.take(down ? Duration.ZERO : IDLE));
        try {
            if (!batch.isEmpty()) {
                write(batch);
                up();
            } else if (down) {
                appender.reach();
                up();
            }
        } catch (AppendException e) {
            outage(batch, e);
        } catch (RuntimeException e) {
            LOG.error("the audit's writer has a defect; its intents {} are left to recovery", ids(batch), e);
            down = true;
        }
    }

    private static List<IntentId> ids(List<Entry> rows) {
        return rows.stream().map(Entry::id).toList();
    }

    private void write(List<Entry> batch) throws AppendException {
        try {
            commit(batch);
        } catch (AppendException first) {
            meters.failed();
            if (first.kind() == Kind.ROW) {
                isolate(batch, first);
            } else {
                doubt(batch, first);
                again(batch, first);
            }
        }
    }

    private void again(List<Entry> batch, AppendException first) throws AppendException {
        if (down) {
            throw first;
        }
        try {
            commit(batch);
        } catch (AppendException second) {
            if (second.kind() == Kind.ROW) {
                isolate(batch, second);
            } else {
                doubt(batch, second);
                throw second;
            }
        }
    }

    /** Finds the row at fault by halves; the others are written. */
    private void isolate(List<Entry> batch, AppendException why) throws AppendException {
        if (batch.size() == 1) {
            reject(batch.getFirst(), why);
            return;
        }
        int half = batch.size() / 2;
        write(batch.subList(0, half));
        write(alive(batch.subList(half, batch.size())));
    }

    private void reject(Entry row, AppendException why) {
        LOG.error("the database refuses a row of intent {}, which is lost to the audit log", row.id(), why);
        meters.rejected();
        row.failed();
        settled.accept(row);
    }

    private void commit(List<Entry> batch) throws AppendException {
        if (batch.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        append(batch);
        long nanos = System.nanoTime() - start;
        int intents = 0;
        for (Entry row : batch) {
            intents += row instanceof IntentEntry ? 1 : 0;
            written(row);
        }
        meters.committed(intents, batch.size() - intents, nanos);
    }

    private void append(List<Entry> batch) throws AppendException {
        writingSince = System.nanoTime() | 1;
        try {
            appender.append(batch);
        } catch (RuntimeException e) {
            throw new AppendException(Kind.ROW, e);
        } finally {
            writingSince = 0;
        }
    }

    private void written(Entry row) {
        row.written();
        switch (row) {
            case IntentEntry intent -> {
                if (intent.isLost()) {
                    queue.putBehind(new OutcomeEntry(notDispatched(intent.intent()), null));
                    settled.accept(intent);
                }
            }
            case OutcomeEntry outcome -> settled.accept(outcome);
        }
    }

    private void up() {
        if (down) {
            LOG.info("the audit log is written again");
        }
        down = false;
        pause = FIRST_PAUSE;
    }

    private void outage(List<Entry> batch, AppendException why) {
        if (!down) {
            LOG.warn("the audit log cannot be written, so requests are refused until it can: {}", why.getMessage());
        }
        pause = down ? longer(pause) : FIRST_PAUSE;
        down = true;
        List<Entry> kept = new ArrayList<>();
        keep(batch, kept);
        queue.putBack(kept);
        kept.clear();
        keep(queue.takeArrivals(), kept);
        kept.forEach(queue::putBehind);
    }

    private void keep(List<Entry> rows, List<Entry> kept) {
        for (Entry row : rows) {
            if (row instanceof IntentEntry) {
                row.failed();
            }
            if (row.isVoid()) {
                drop(row);
            } else {
                kept.add(row);
            }
        }
    }

    private List<Entry> alive(List<Entry> rows) {
        List<Entry> alive = new ArrayList<>(rows.size());
        for (Entry row : rows) {
            if (row.isVoid()) {
                drop(row);
            } else {
                alive.add(row);
            }
        }
        return alive;
    }

    /** A durable intent that comes by again still waits for its outcome. */
    private void drop(Entry row) {
        row.failed();
        if (!(row instanceof IntentEntry intent) || intent.isLost()) {
            settled.accept(row);
        }
    }

    private static void doubt(List<Entry> rows, AppendException why) {
        if (why.kind() != Kind.DOUBTFUL) {
            return;
        }
        for (Entry row : rows) {
            if (row instanceof IntentEntry intent) {
                intent.doubt();
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private static Outcome notDispatched(Intent intent) {
        return new Outcome(
                intent.id(),
                intent.caller(),
                Outcome.Kind.NOT_DISPATCHED,
                Optional.of(Code.AUDIT_UNAVAILABLE),
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                List.of(),
                -1,
                0);
    }
}
