package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.kvstore.BlockKey;
import dev.gatehouse.worker.kvstore.BlockKeys;
import dev.gatehouse.worker.kvstore.BlockOwner;
import dev.gatehouse.worker.kvstore.KvStore;
import dev.gatehouse.worker.kvstore.Prefix;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** What the KV store has of one prompt, which then need not be computed. Used by one thread after the other. */
final class StoredPrompt implements AutoCloseable {

    private static final KvStore NOTHING = KvStore.none();

    private final KvStore store;
    private final BlockOwner owner;
    private final List<BlockKey> keys;
    private int first;
    private boolean read;
    private Optional<Prefix> prefix = Optional.empty();

    /** @param keys of the prompt's blocks, from the first one on; not of one that has its last token, which is always computed */
    StoredPrompt(KvStore store, BlockOwner owner, List<BlockKey> keys) {
        this.store = store;
        this.owner = owner;
        this.keys = keys;
    }

    static StoredPrompt none() {
        return new StoredPrompt(NOTHING, Caller.ANYONE.owner(), List.of());
    }

    /** Whether {@link #read} is worth its while: the store has what follows the first tokens, which are in the context. */
    boolean wanted(int inContext) {
        first = inContext / BlockKeys.TOKENS;
        return !read && first < keys.size() && store.contains(keys.get(first));
    }

    /** Waits for the disk. */
    void read() {
        read = true;
        prefix = Optional.of(store.fetch(owner, keys.subList(first, keys.size())));
    }

    boolean isEmpty() {
        return prefix.isEmpty();
    }

    /** Where the block ends that has this position; the position itself where none was read. */
    int end(int position) {
        int block = position / BlockKeys.TOKENS;
        int until = first + prefix.map(Prefix::blocks).orElse(0);
        return block >= first && block < until ? (block + 1) * BlockKeys.TOKENS : position;
    }

    /** The state of the block that has this position. */
    ByteBuffer state(int position) {
        return prefix.orElseThrow().block(position / BlockKeys.TOKENS - first);
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        prefix.ifPresent(Prefix::close);
        prefix = Optional.empty();
    }
}
