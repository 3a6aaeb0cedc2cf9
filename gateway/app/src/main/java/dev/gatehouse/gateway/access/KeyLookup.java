package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds keys: from memory, else from the database. */
final class KeyLookup {

    private static final Problem UNAVAILABLE = Problem.later(
            Code.DATABASE_UNAVAILABLE,
            Duration.ofSeconds(1),
            "The database does not answer, so that API keys cannot be checked: try again.");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Peppers peppers;
    private final KeyMemory memory;
    private final KeyBatches batches;

    KeyLookup(Peppers peppers, KeyMemory memory, KeyBatches batches) {
        this.peppers = peppers;
        this.memory = memory;
        this.batches = batches;
    }

    /**
     * Finds a key; may block on the database.
     *
     * @throws Fault when the database does not answer in time, or too many wait for it
     */
    Lookup find(ApiKey key) {
        KeyDigest name = peppers.signing().digest(key);
        Optional<Lookup> remembered = memory.recall(name);
        return remembered.isPresent() ? remembered.get() : await(batches.ask(name, peppers.digests(key)));
    }

    /** What is remembered of a key; never waits. */
    Optional<Lookup> recall(ApiKey key) {
        return memory.recall(peppers.signing().digest(key));
    }

    private static Lookup await(CompletableFuture<Lookup> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Fault fault
                    ? new Fault(fault.problem(), e)
                    : new IllegalStateException("the look-up of an API key failed", e);
        } catch (TimeoutException e) {
            throw new Fault(UNAVAILABLE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(KeyBatches.STOPPING, e);
        }
    }
}
