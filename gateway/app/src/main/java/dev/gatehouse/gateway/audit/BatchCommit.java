package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.audit.AppendException.Kind;
import dev.gatehouse.gateway.vocabulary.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one batch to the disk: tries again where that helps, and finds the row that spoils it. For the writer's thread alone. */
final class BatchCommit {

    private static final Logger LOG = LoggerFactory.getLogger(BatchCommit.class);

    private final Appender appender;
    private final AuditQueue queue;
    private final AuditMeters meters;
    private final Consumer<Entry> settled;

    /** When the transaction that is under way began, in nanoseconds; 0 when there is none. Others may look. */
    private volatile long since;

    BatchCommit(Appender appender, AuditQueue queue, AuditMeters meters, Consumer<Entry> settled) {
        this.appender = appender;
        this.queue = queue;
        this.meters = meters;
        this.settled = settled;
    }

    /** How long the transaction under way has taken; 0 when there is none. */
    long nanosUnderWay() {
        long began = since;
        return began == 0 ? 0 : System.nanoTime() - began;
    }

    /**
     * Writes the rows; those that the database refuses for their own sake fail alone.
     *
     * @param tries how often to try before the database counts as away
     * @throws AppendException when it is; some of the rows may be written
     */
    void write(List<Entry> rows, int tries) throws AppendException {
        List<Entry> batch = alive(rows);
        if (batch.isEmpty()) {
            return;
        }
        try {
            commit(batch);
        } catch (AppendException e) {
            meters.failed();
            if (e.kind() == Kind.ROW) {
                isolate(batch, tries, e);
                return;
            }
            doubt(batch, e);
            if (tries == 1) {
                throw e;
            }
            write(batch, tries - 1);
        }
    }

    /** Those that still need to be written. */
    List<Entry> alive(List<Entry> rows) {
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

    private void isolate(List<Entry> batch, int tries, AppendException why) throws AppendException {
        if (batch.size() == 1) {
            reject(batch.getFirst(), why);
            return;
        }
        int half = batch.size() / 2;
        write(batch.subList(0, half), tries);
        write(batch.subList(half, batch.size()), tries);
    }

    private void reject(Entry row, AppendException why) {
        LOG.error("the database refuses a row of intent {}, which is lost to the audit log", row.id(), why);
        meters.rejected();
        row.failed();
        settled.accept(row);
    }

    private void commit(List<Entry> batch) throws AppendException {
        long start = System.nanoTime();
        append(batch, start | 1);
        long nanos = System.nanoTime() - start;
        int intents = 0;
        for (Entry row : batch) {
            intents += row instanceof IntentEntry ? 1 : 0;
            written(row);
        }
        meters.committed(intents, batch.size() - intents, nanos);
    }

    private void append(List<Entry> batch, long start) throws AppendException {
        since = start;
        try {
            appender.append(batch);
        } catch (RuntimeException e) {
            throw new AppendException(Kind.ROW, e);
        } finally {
            since = 0;
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

    /** It will not be written. A durable intent that comes by again still waits for its outcome. */
    void drop(Entry row) {
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

    private static Outcome notDispatched(Intent intent) {
        return new Outcome(
                intent.id(),
                intent.caller(),
                intent.model(),
                intent.dialect(),
                OptionalLong.empty(),
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
