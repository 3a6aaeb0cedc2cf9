package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.IntentId;
import java.time.Duration;
import java.util.List;
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
    private static final int TRIES = 2;

    private final AuditQueue queue;
    private final Appender appender;
    private final BatchCommit commit;
    private final Duration stuckAfter;
    private final Runnable endProcess;
    private final Thread thread;
    private Duration pause = FIRST_PAUSE;
    private volatile boolean down;
    private volatile boolean closing;
    private volatile boolean ended;

    /**
     * @param stuckAfter a transaction that takes longer shows a database that hangs
     * @param settled is told of every entry that waits no longer
     * @param endProcess is run when the thread dies of an error
     */
    AuditWriter(
            AuditQueue queue,
            Appender appender,
            AuditMeters meters,
            Duration stuckAfter,
            Consumer<Entry> settled,
            Runnable endProcess) {
        this.queue = queue;
        this.appender = appender;
        this.commit = new BatchCommit(appender, queue, meters, settled);
        this.stuckAfter = stuckAfter;
        this.endProcess = endProcess;
        this.thread = Thread.ofPlatform().name("audit-writer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether the last try failed, or hangs: new intents need not queue. */
    boolean isDown() {
        return down || ended || commit.nanosUnderWay() > stuckAfter.toNanos();
    }

    /** Nothing is written any more: whoever queues a row afterwards is not served. */
    boolean hasEnded() {
        return ended;
    }

    /** Writes what waits, for some seconds at most. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(FAREWELL)) {
                LOG.error(
                        "the audit log could not be written before the end; intents without an outcome are left to recovery");
                ended = true;
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
        } catch (Throwable e) {
            die(e);
        } finally {
            abandon();
        }
    }

    /** A gateway without its writer would refuse all for ever; another process closes what this one leaves open. */
    private void die(Throwable why) {
        try {
            abandon();
            LOG.error("the audit's writer died, so this gateway ends", why);
        } finally {
            endProcess.run();
        }
    }

    /** Tells whoever waits. The mark comes first: a row that is queued after the last look finds it. */
    private void abandon() {
        ended = true;
        queue.takeAll().forEach(commit::drop);
    }

    private void turn() throws InterruptedException {
        List<Entry> batch = commit.alive(queue.take(down ? Duration.ZERO : IDLE));
        try {
            if (down) {
                appender.reach();
            }
            commit.write(batch, down ? 1 : TRIES);
            up();
        } catch (AppendException e) {
            outage(batch, e);
        } catch (RuntimeException e) {
            LOG.error("the audit's writer has a defect; its intents {} are left to recovery", ids(batch), e);
            batch.forEach(commit::drop);
            down = true;
        } catch (Error e) {
            batch.forEach(commit::drop);
            throw e;
        }
    }

    private void up() {
        if (down) {
            LOG.info("the audit log is written again");
            down = false;
            pause = FIRST_PAUSE;
        }
    }

    private void outage(List<Entry> batch, AppendException why) {
        if (!down) {
            LOG.warn("the audit log cannot be written, so requests are refused until it can: {}", why.getMessage());
        }
        pause = down ? longer(pause) : FIRST_PAUSE;
        down = true;
        queue.putBack(kept(batch));
        kept(queue.takeArrivals()).forEach(queue::putBehind);
    }

    /** Intents fail, outcomes and intents that may be on disk stay. */
    private List<Entry> kept(List<Entry> rows) {
        for (Entry row : rows) {
            if (row instanceof IntentEntry) {
                row.failed();
            }
        }
        return commit.alive(rows);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private static List<IntentId> ids(List<Entry> rows) {
        return rows.stream().map(Entry::id).toList();
    }
}
