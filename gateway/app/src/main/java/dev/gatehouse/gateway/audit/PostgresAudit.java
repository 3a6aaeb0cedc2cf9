package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit in PostgreSQL: callers queue rows, one writer commits them in groups. */
final class PostgresAudit implements Audit, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresAudit.class);

    private final AuditQueue queue = new AuditQueue();
    private final ConcurrentMap<IntentId, IntentEntry> open = new ConcurrentHashMap<>();
    private final Patience patience = new Patience();
    private final AuditWriter writer;
    private final NodeSignatures signatures;
    private final Supplier<List<Orphan>> orphans;
    private final Supplier<List<Doubt>> doubts;
    private volatile boolean closing;

    /**
     * @param stuckAfter a transaction that takes longer shows a database that hangs: intents are refused at once
     * @param endProcess is run when nothing can be written any more because of an error of this process
     */
    PostgresAudit(
            Appender appender,
            NodeSignatures signatures,
            Supplier<List<Orphan>> orphans,
            Supplier<List<Doubt>> doubts,
            AuditMeters meters,
            Duration stuckAfter,
            Runnable endProcess) {
        this.signatures = signatures;
        this.orphans = orphans;
        this.doubts = doubts;
        this.writer =
                new AuditWriter(queue, appender, meters, stuckAfter, settled -> open.remove(settled.id()), endProcess);
        meters.queue(queue::length);
        meters.open(open::size);
        patience.start();
        writer.start();
    }

    @Override
    public Pending intend(Intent intent) {
        if (closing) {
            throw new Fault(Problem.of(
                    Code.SHUTTING_DOWN, "This gateway is being stopped. Send the request again, to another one."));
        }
        IntentEntry entry = new IntentEntry(intent, signatures, patience);
        open.put(intent.id(), entry);
        if (writer.isDown() || !queue.offer(entry) || writer.hasEnded()) {
            open.remove(intent.id());
            throw IntentEntry.unavailable();
        }
        return entry;
    }

    /** Whether an intent would be queued now. */
    boolean takesIntents() {
        return !closing && !writer.isDown();
    }

    @Override
    public CompletableFuture<Boolean> concluding(Outcome outcome, Duration deadline, Consumer<Outcome> recorded) {
        IntentEntry intent = open.get(outcome.intent());
        if (intent == null) {
            return concludeUnknown(outcome, deadline, recorded);
        }
        Optional<OutcomeEntry> first = intent.conclude(outcome);
        if (first.isPresent()) {
            return queued(first.get(), deadline, recorded);
        }
        return intent.concluded().orElseThrow().durable(patience, deadline);
    }

    /** The intent is another gateway's, or one that failed. */
    private CompletableFuture<Boolean> concludeUnknown(Outcome outcome, Duration deadline, Consumer<Outcome> recorded) {
        if (isRecovery(outcome.kind())) {
            return queued(new OutcomeEntry(outcome, null), deadline, recorded);
        }
        recorded.accept(outcome);
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public List<Orphan> orphans() {
        return orphans.get();
    }

    @Override
    public List<Doubt> doubts() {
        return doubts.get();
    }

    /** Refuses new intents and writes what waits. */
    @Override
    public void close() {
        closing = true;
        writer.close();
        patience.close();
    }

    private CompletableFuture<Boolean> queued(OutcomeEntry entry, Duration deadline, Consumer<Outcome> recorded) {
        entry.recorded().thenAccept(recorded);
        if (!queue.offer(entry)) {
            LOG.error("the audit's queue is full: intent {} stays open until this gateway ends", entry.id());
            entry.failed();
        } else if (writer.hasEnded()) {
            entry.failed();
        }
        return entry.durable(patience, deadline);
    }

    /** The only outcomes of intents that are not this gateway's own. */
    private static boolean isRecovery(Outcome.Kind kind) {
        return switch (kind) {
            case NOT_DISPATCHED, RECOVERED, UNKNOWN -> true;
            case COMPLETED, REFUSED, CUT, LEFT, FAILED -> false;
        };
    }
}
