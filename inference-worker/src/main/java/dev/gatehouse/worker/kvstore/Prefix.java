package dev.gatehouse.worker.kvstore;

import java.nio.ByteBuffer;
import java.util.List;

/** Blocks in memory, one after the other; they stay there until it is closed. */
public final class Prefix implements AutoCloseable {

    private final MemoryTier memory;
    private final List<Block> blocks;

    Prefix(MemoryTier memory, List<Block> blocks) {
        this.memory = memory;
        this.blocks = blocks;
    }

    public int blocks() {
        return blocks.size();
    }

    /** Direct; not to be used once this is closed. */
    public ByteBuffer block(int index) {
        return blocks.get(index).bytes();
    }

    /** Once. */
    @Override
    public void close() {
        blocks.forEach(memory::unpin);
    }
}
