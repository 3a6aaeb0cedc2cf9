package dev.gatehouse.worker.kvstore;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Blocks in memory, never more than so many bytes: the one that was used the longest time ago makes room first. A pinned block
 * stays; each pin is taken back by {@link #unpin}. Thread-safe.
 */
final class MemoryTier implements AutoCloseable {

    private final long capacity;
    private final Map<BlockKey, Block> blocks = new LinkedHashMap<>(16, 0.75f, true);
    private long used;
    private boolean closed;

    MemoryTier(long capacity) {
        this.capacity = capacity;
    }

    long capacity() {
        return capacity;
    }

    synchronized boolean contains(BlockKey key) {
        return blocks.containsKey(key);
    }

    synchronized Optional<Block> pin(BlockKey key) {
        Optional<Block> found = Optional.ofNullable(blocks.get(key));
        found.ifPresent(block -> block.pins++);
        return found;
    }

    /** A pinned block that is under no key yet; empty if pinned ones leave no room. */
    synchronized Optional<Block> allocate(int size) {
        if (closed || size > capacity || !makeRoom(size)) {
            return Optional.empty();
        }
        Block block = new Block(size);
        block.pins = 1;
        used += size;
        return Optional.of(block);
    }

    /** Puts a pinned block under its key; if there is one already, that one, pinned instead. */
    synchronized Block keep(BlockKey key, Block block) {
        Optional<Block> other = pin(key);
        if (other.isPresent()) {
            unpin(block);
            return other.get();
        }
        block.kept = true;
        blocks.put(key, block);
        return block;
    }

    /** A block without a key is gone with its last pin. */
    synchronized void unpin(Block block) {
        block.pins--;
        if (block.pins == 0 && (closed || !block.kept)) {
            free(block);
        }
    }

    synchronized long used() {
        return used;
    }

    synchronized int size() {
        return blocks.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        blocks.values().stream().filter(block -> block.pins == 0).forEach(this::free);
        blocks.clear();
    }

    private boolean makeRoom(int size) {
        Iterator<Block> oldest = blocks.values().iterator();
        while (used + size > capacity && oldest.hasNext()) {
            Block block = oldest.next();
            if (block.pins == 0) {
                oldest.remove();
                free(block);
            }
        }
        return used + size <= capacity;
    }

    private void free(Block block) {
        used -= block.size();
        block.free();
    }
}
