package dev.gatehouse.worker.engine;

/** Which sequence has which cells of the KV cache. A cell that no sequence has is free. */
interface Cells {

    /** Gives {@code to} the cells that {@code from} has at the positions {@code start} to {@code end - 1}; both then have them. */
    void share(int from, int to, int start, int end);

    /** Takes the positions {@code start} to {@code end - 1} from a sequence. */
    void drop(int sequence, int start, int end);
}
