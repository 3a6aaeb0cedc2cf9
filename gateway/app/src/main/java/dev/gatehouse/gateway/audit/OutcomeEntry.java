package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.IntentId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An outcome that waits for the disk. */
final class OutcomeEntry implements Entry {

    /** How the wait for the disk ended; the first one holds. */
    private enum Fate {
        DURABLE,
        FAILED,
        /** The caller's patience ended first, so its client is told that the answer failed. */
        WITHHELD
    }

    private final OutcomeRow row;
    private final @Nullable IntentEntry intent;
    private final CompletableFuture<Fate> fate = new CompletableFuture<>();

    private final CompletableFuture<Outcome> recorded = new CompletableFuture<>();

    /** It is on disk; the writer's own. */
    private boolean written;

    /** What the last try had to write; the writer's own. */
    private Outcome tried;

    /**
     * @param intent null for the intent of another gateway
     */
    OutcomeEntry(Outcome outcome, @Nullable IntentEntry intent) {
        this.row = OutcomeRow.of(outcome);
        this.tried = outcome;
        this.intent = intent;
    }

    @Override
    public IntentId id() {
        return row.outcome().intent();
    }

    /**
     * What a try that begins now has to write. The writer asks once for each try, and the fate, which is decided once, says what it
     * gets: before the caller gave up the outcome as it was, from then on the withheld one. So a try never mixes the two; one that was
     * under way when the caller gave up may still bring the outcome as it was to the disk, and there it stays.
     */
    OutcomeRow row() {
        OutcomeRow now = is(Fate.WITHHELD) ? OutcomeRow.of(row.outcome().withheld()) : row;
        tried = now.outcome();
        return now;
    }

    /** What the log says once this waits no longer; the outcome as it was given if that is nothing. */
    CompletableFuture<Outcome> recorded() {
        return recorded;
    }

    /** An outcome without its intent on disk would tell nothing. */
    @Override
    public boolean isVoid() {
        return written || is(Fate.FAILED) || (intent != null && intent.isLost());
    }

    @Override
    public void written() {
        written = true;
        recorded.complete(tried);
        fate.complete(Fate.DURABLE);
    }

    @Override
    public void failed() {
        recorded.complete(row.outcome());
        fate.complete(Fate.FAILED);
    }

    /** Whether it is durable, as soon as that is known or the deadline has passed. */
    CompletableFuture<Boolean> durable(Patience patience, Duration deadline) {
        return patience.within(deadline, fate, Fate.WITHHELD)
                .thenApply(known -> known == Fate.WITHHELD ? givenUp() : known == Fate.DURABLE);
    }

    private boolean givenUp() {
        if (row.outcome().kind().releasesTheAnswer()) {
            fate.complete(Fate.WITHHELD);
        }
        return is(Fate.DURABLE);
    }

    private boolean is(Fate which) {
        return fate.isDone() && fate.join() == which;
    }
}
