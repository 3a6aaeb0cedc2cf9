package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.IntentId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An outcome that waits for the disk. */
final class OutcomeEntry implements Entry {

    private final Outcome outcome;
    private final Totals totals;
    private final String attempts;
    private final @Nullable IntentEntry intent;
    private final CompletableFuture<Boolean> durable = new CompletableFuture<>();

    /**
     * @param intent null for the intent of another gateway
     */
    OutcomeEntry(Outcome outcome, @Nullable IntentEntry intent) {
        this.outcome = outcome;
        this.totals = Totals.of(outcome);
        this.attempts = AttemptsJson.write(outcome.attempts());
        this.intent = intent;
    }

    @Override
    public IntentId id() {
        return outcome.intent();
    }

    Outcome outcome() {
        return outcome;
    }

    Totals totals() {
        return totals;
    }

    String attempts() {
        return attempts;
    }

    /** An outcome without its intent on disk would tell nothing. */
    @Override
    public boolean isVoid() {
        return durable.isDone() || (intent != null && intent.isLost());
    }

    @Override
    public void written() {
        durable.complete(true);
    }

    @Override
    public void failed() {
        durable.complete(false);
    }

    boolean await(Duration deadline) {
        try {
            return durable.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("durability is never exceptional", e);
        }
    }
}
