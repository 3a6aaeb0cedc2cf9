package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An intent from the moment it is queued to the moment its outcome is on disk. */
final class IntentEntry implements Entry, Pending {

    /** How the wait for the disk ended; the first one holds. */
    private enum Fate {
        DURABLE,
        FAILED,
        /** The caller's patience ended first. */
        ABANDONED
    }

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Intent intent;
    private final byte[] bodySha256;
    private final NodeSignatures signatures;
    private final Patience patience;
    private final CompletableFuture<Fate> fate = new CompletableFuture<>();
    private final AtomicReference<@Nullable OutcomeEntry> outcome = new AtomicReference<>();

    /** A write failed so that the row may be on disk; the writer's own. */
    private boolean doubtful;

    IntentEntry(Intent intent, NodeSignatures signatures, Patience patience) {
        this.intent = intent;
        this.bodySha256 = HexFormat.of().parseHex(intent.bodySha256());
        this.signatures = signatures;
        this.patience = patience;
    }

    static Fault unavailable() {
        return new Fault(Problem.later(
                Code.AUDIT_UNAVAILABLE,
                RETRY_AFTER,
                "The gateway cannot write its audit log now, so it serves no request. Send the request again."));
    }

    @Override
    public IntentId id() {
        return intent.id();
    }

    Intent intent() {
        return intent;
    }

    byte[] bodySha256() {
        return bodySha256;
    }

    @Override
    public Ticket await(Duration deadline) {
        return switch (fateWithin(deadline)) {
            case DURABLE -> new DurableTicket(intent.id(), signatures);
            case FAILED, ABANDONED -> throw unavailable();
        };
    }

    /** The intent's one outcome; the result is empty when it has one already. */
    Optional<OutcomeEntry> conclude(Outcome what) {
        OutcomeEntry entry = new OutcomeEntry(what, this);
        return outcome.compareAndSet(null, entry) ? Optional.of(entry) : Optional.empty();
    }

    /** An outcome that was given before. */
    Optional<OutcomeEntry> concluded() {
        return Optional.ofNullable(outcome.get());
    }

    void doubt() {
        doubtful = true;
    }

    boolean isDoubtful() {
        return doubtful;
    }

    /** Nothing was or will be dispatched for it. */
    boolean isLost() {
        return fate.isDone() && fate.join() != Fate.DURABLE;
    }

    @Override
    public boolean isVoid() {
        return fate.isDone() && !doubtful;
    }

    @Override
    public void written() {
        doubtful = false;
        fate.complete(Fate.DURABLE);
    }

    @Override
    public void failed() {
        fate.complete(Fate.FAILED);
    }

    private Fate fateWithin(Duration deadline) {
        try {
            Fate known = patience.within(deadline, fate, Fate.ABANDONED).get();
            return known == Fate.ABANDONED ? abandoned() : known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return abandoned();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fate is never exceptional", e);
        }
    }

    private Fate abandoned() {
        fate.complete(Fate.ABANDONED);
        return fate.join();
    }
}
