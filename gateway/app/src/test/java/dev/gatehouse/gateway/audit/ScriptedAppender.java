package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.audit.AppendException.Kind;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A disk that fails as told and shows what is on it. */
final class ScriptedAppender implements Appender {

    /** Transactions that were committed, in order. */
    final List<List<Entry>> transactions = new CopyOnWriteArrayList<>();

    final Set<IntentId> poisoned = ConcurrentHashMap.newKeySet();
    final AtomicInteger attempts = new AtomicInteger();

    private final Semaphore permits = new Semaphore(Integer.MAX_VALUE / 2);
    private final Phaser arrivals = new Phaser(1);
    private volatile @Nullable Kind failure;
    private volatile int failures;
    private volatile boolean commitsAnyway;
    private volatile @Nullable Error error;
    private volatile boolean defective;

    /** Outcomes as they came to the disk. */
    final List<OutcomeRow> outcomeRows = new CopyOnWriteArrayList<>();

    /** The next {@code times} attempts fail so. */
    void fail(Kind kind, int times) {
        failure = kind;
        failures = times;
    }

    /** Doubtful attempts reach the disk. */
    void commitAnyway() {
        commitsAnyway = true;
    }

    /** All attempts from now on die. */
    void die(Error of) {
        error = of;
    }

    /** The database can not be reached, for a reason that nobody expects. */
    void spoil() {
        defective = true;
    }

    void heal() {
        failures = 0;
    }

    /** Attempts wait until {@link #release}. */
    void block() {
        permits.drainPermits();
    }

    void release() {
        permits.release(1_000_000);
    }

    /** Waits until an attempt waits, or has gone by, after {@code before} others. */
    void awaitAttempt(int before) {
        int phase = arrivals.getPhase();
        while (attempts.get() <= before) {
            arrivals.awaitAdvance(phase);
            phase = arrivals.getPhase();
        }
    }

    List<IntentEntry> intents() {
        return rows().stream()
                .filter(IntentEntry.class::isInstance)
                .map(IntentEntry.class::cast)
                .toList();
    }

    List<OutcomeEntry> outcomes() {
        return rows().stream()
                .filter(OutcomeEntry.class::isInstance)
                .map(OutcomeEntry.class::cast)
                .toList();
    }

    @Override
    public void append(List<Entry> rows) throws AppendException {
        List<Entry> copy = List.copyOf(rows);
        List<OutcomeRow> outcomes = copy.stream()
                .filter(OutcomeEntry.class::isInstance)
                .map(row -> ((OutcomeEntry) row).row())
                .toList();
        attempts.incrementAndGet();
        arrivals.arrive();
        permits.acquireUninterruptibly();
        Error told = error;
        if (told != null) {
            throw told;
        }
        if (copy.stream().anyMatch(row -> poisoned.contains(row.id()))) {
            throw new AppendException(Kind.ROW, new IllegalStateException("poisoned, on purpose"));
        }
        try {
            failIfTold();
        } catch (AppendException e) {
            if (commitsAnyway && e.kind() == Kind.DOUBTFUL) {
                transactions.add(copy);
            }
            throw e;
        }
        outcomeRows.addAll(outcomes);
        transactions.add(copy);
    }

    @Override
    public void reach() throws AppendException {
        if (defective) {
            throw new IllegalStateException("defective, on purpose");
        }
        failIfTold();
    }

    @Override
    public void close() {}

    private void failIfTold() throws AppendException {
        Kind kind = failure;
        if (failures > 0 && kind != null) {
            failures--;
            throw new AppendException(kind, new IllegalStateException("down, on purpose"));
        }
    }

    private List<Entry> rows() {
        List<Entry> rows = new ArrayList<>();
        transactions.forEach(rows::addAll);
        return rows;
    }
}
