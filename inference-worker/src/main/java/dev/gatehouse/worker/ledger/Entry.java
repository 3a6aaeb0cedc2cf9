package dev.gatehouse.worker.ledger;

import java.util.concurrent.CompletableFuture;

/**
 * The open record of one exchange, to be written by one thread at a time and not after {@link #end}. Writing is a store
 * to memory that the operating system keeps for us: it does not block, and it outlives the process.
 */
public final class Entry {

    private final Ledger ledger;
    private final int number;
    private final Slot slot;

    Entry(Ledger ledger, int number, Slot slot) {
        this.ledger = ledger;
        this.number = number;
        this.slot = slot;
    }

    /** Completes when what was written until now is on the disk. */
    public CompletableFuture<Void> durable() {
        return ledger.sync(number);
    }

    public void prompt(int prompt, int cached) {
        slot.prompt(prompt, cached);
    }

    /** The answer goes on from these completion tokens, which another node has generated. */
    public void resumed(int tokens) {
        slot.resumed(tokens);
        slot.completion(tokens, 0);
    }

    /** To be called before the frame that shows these counts leaves. */
    public void completion(int completion, int reasoning) {
        slot.completion(completion, reasoning);
    }

    /** May come from any thread. */
    public void cap(long cap) {
        slot.cap(cap);
    }

    public Counts counts() {
        return slot.counts();
    }

    /** Writes the last counts and how it ended, and asks for both to be put on the disk. */
    public void end(Reason reason, Counts counts, Timing timing) {
        slot.end(new Ending(reason, ledger.now(), timing), counts);
        ledger.sync(number);
    }
}
