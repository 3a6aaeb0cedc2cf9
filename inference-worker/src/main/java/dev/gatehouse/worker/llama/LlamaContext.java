package dev.gatehouse.worker.llama;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The KV cache and the decoder. Everything but {@link #abort} and {@link #close} belongs to the thread that made it. A step
 * crosses into the native side once, through two buffers: rows are added, computed together, and the picked tokens read.
 */
public final class LlamaContext implements AutoCloseable {

    private static final int ROW_BYTES = 4 * Integer.BYTES;
    private static final int MOST_ALTERNATIVES = 20;
    private static final int PICK_BYTES = 5 * Integer.BYTES + MOST_ALTERNATIVES * 2 * Integer.BYTES;

    private static final int SAMPLE_HEAD = 3;

    private final Handle handle;
    private final int slots;
    private final ByteBuffer rows;
    private final ByteBuffer picks;
    private final ByteBuffer experts;

    /** Sequences that a context can tell apart, besides the one that it saves and restores with. */
    public static final int MOST_SEQUENCES = 255;

    /** In place of a token that could not be picked. */
    public static final int NO_TOKEN = -1;

    /**
     * A token that was picked for a slot.
     *
     * @param token {@link #NO_TOKEN} if the slot's sampler failed, which ends its chat and no other
     * @param end the token ends the answer
     * @param logprob natural logarithm, before sampling filters; 0 unless asked for
     * @param top the most probable tokens, most probable first
     */
    public record Pick(int slot, int token, boolean end, float logprob, List<Alternative> top) {}

    /** A token that could have been picked. */
    public record Alternative(int token, float logprob) {}

    /**
     * Which experts the rows of sampled steps went to.
     *
     * @param steps that were sampled
     * @param rows of these steps
     * @param outputs those rows that a token was asked of: the only ones that the last layer computes
     * @param picks by expert, layer by layer, also of layers that have none
     */
    public record ExpertSample(long steps, long rows, long outputs, long[] picks) {}

    LlamaContext(long address, int slots, int mostRows, int counters) {
        this.handle = new Handle("context", address, Natives::contextFree);
        this.slots = slots;
        this.rows = buffer(mostRows * ROW_BYTES);
        this.picks = buffer(slots * PICK_BYTES);
        this.experts = buffer((SAMPLE_HEAD + counters) * Long.BYTES);
    }

    /** From now on the chat's sampler picks the tokens of this slot. */
    public void bind(int slot, LlamaChat chat) {
        try (var lease = handle.lease();
                var bound = chat.lease()) {
            Natives.contextBind(lease.address(), slot, bound.address());
        }
    }

    /** Lets go of the slot's chat; the slot keeps its cells. */
    public void unbind(int slot) {
        try (var lease = handle.lease()) {
            Natives.contextBind(lease.address(), slot, 0);
        }
    }

    /** Takes the positions {@code start} to {@code end - 1} from a sequence; cells that no sequence has any more are free. */
    public void drop(int sequence, int start, int end) {
        try (var lease = handle.lease()) {
            Natives.contextDrop(lease.address(), sequence, start, end);
        }
    }

    /** Gives one sequence the cells that another one has at the positions {@code start} to {@code end - 1}; both then use them. */
    public void share(int from, int to, int start, int end) {
        try (var lease = handle.lease()) {
            Natives.contextShare(lease.address(), from, to, start, end);
        }
    }

    /**
     * Bytes that {@link #save} writes for these positions.
     *
     * @throws LlamaException {@code STATE}: the model's state can not be cut at a position; {@code INVALID}: the slot lacks some of them
     */
    public long stateBytes(int slot, int from, int to) {
        try (var lease = handle.lease()) {
            return Natives.contextStateBytes(lease.address(), slot, from, to);
        }
    }

    /**
     * Copies a slot's KV cache of the positions {@code from} up to {@code to}.
     *
     * @param into direct; written from its beginning; its capacity is at least {@link #stateBytes}
     * @return the bytes written
     */
    public long save(int slot, int from, int to, ByteBuffer into) {
        try (var lease = handle.lease()) {
            return Natives.contextSave(lease.address(), slot, from, to, into, into.capacity());
        }
    }

    /**
     * Appends the positions {@code from} up to {@code to} of a saved state to a slot that ends at {@code from}.
     *
     * @param state direct; all of it is a state that ends at {@code to} and begins at or before {@code from}. llama.cpp trusts it:
     *     it must be, bit for bit, what {@link #save} wrote
     * @return false if the cache has no room or the state is of another kind of cache; the slot is then as it was
     */
    public boolean restore(int slot, int from, int to, ByteBuffer state) {
        try (var lease = handle.lease()) {
            return Natives.contextRestore(lease.address(), slot, from, to, state, state.capacity());
        }
    }

    /** Adds a row to the next step; one that samples must be the slot's last of the step. */
    public void add(int token, int position, int slot, boolean sample) {
        rows.putInt(token).putInt(position).putInt(slot).putInt(sample ? 1 : 0);
    }

    /**
     * Computes the rows added since the last step.
     *
     * @return the picked tokens, in the order of their rows
     * @throws KvCacheFullException nothing was computed: forget something first
     */
    public List<Pick> step() throws KvCacheFullException {
        int count = rows.position() / ROW_BYTES;
        rows.clear();
        try (var lease = handle.lease()) {
            int picked = Natives.contextStep(lease.address(), rows, count, picks, slots);
            if (picked < 0) {
                throw new KvCacheFullException();
            }
            return read(picked);
        }
    }

    /** What was counted since the last call, if a step was sampled since. */
    public Optional<ExpertSample> takeExperts() {
        try (var lease = handle.lease()) {
            if (Natives.contextExperts(lease.address(), experts) == 0) {
                return Optional.empty();
            }
        }
        LongBuffer counts = experts.asLongBuffer();
        long[] picked = new long[counts.capacity() - SAMPLE_HEAD];
        counts.get(SAMPLE_HEAD, picked);
        return Optional.of(new ExpertSample(counts.get(0), counts.get(1), counts.get(2), picked));
    }

    /** Makes the running step and all later ones fail with {@code ABORTED}. From any thread. */
    public void abort() {
        try (var lease = handle.lease()) {
            Natives.contextAbort(lease.address());
        }
    }

    @Override
    public void close() {
        handle.close();
    }

    private List<Pick> read(int count) {
        List<Pick> read = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            read.add(pick(i * PICK_BYTES));
        }
        return read;
    }

    private Pick pick(int at) {
        int alternatives = picks.getInt(at + 12);
        List<Alternative> top = new ArrayList<>(alternatives);
        for (int i = 0; i < alternatives; i++) {
            int entry = at + 20 + i * 8;
            top.add(new Alternative(picks.getInt(entry), picks.getFloat(entry + 4)));
        }
        return new Pick(
                picks.getInt(at), picks.getInt(at + 4), picks.getInt(at + 8) != 0, picks.getFloat(at + 16), top);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
