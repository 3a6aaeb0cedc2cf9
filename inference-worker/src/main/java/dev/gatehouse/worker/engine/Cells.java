package dev.gatehouse.worker.engine;

import java.nio.ByteBuffer;

/** Which sequence has which cells of the KV cache. A cell that no sequence has is free. */
interface Cells {

    /** Gives {@code to} the cells that {@code from} has at the positions {@code start} to {@code end - 1}; both then have them. */
    void share(int from, int to, int start, int end);

    /** Takes the positions {@code start} to {@code end - 1} from a sequence. */
    void drop(int sequence, int start, int end);

    /**
     * Appends the positions {@code start} to {@code end - 1} of a saved state to a sequence that ends at {@code start}.
     *
     * @param state of {@link dev.gatehouse.worker.kvstore.BlockKeys#TOKENS} positions up to {@code end}; needs as many free cells for a moment
     * @return false if that can not be done; the sequence is then as it was
     */
    boolean restore(int sequence, int start, int end, ByteBuffer state);
}
