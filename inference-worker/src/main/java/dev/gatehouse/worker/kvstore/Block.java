package dev.gatehouse.worker.kvstore;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory of one block, outside the Java heap. Its state belongs to {@link MemoryTier}. */
final class Block {

    private final Arena arena = Arena.ofShared();
    private final ByteBuffer bytes;
    int pins;
    boolean kept;

    Block(int size) {
        this.bytes = arena.allocate(size).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    int size() {
        return bytes.capacity();
    }

    /** All of it, with a position of its own; not to be used once the block is no longer pinned. */
    ByteBuffer bytes() {
        return bytes.duplicate();
    }

    void free() {
        arena.close();
    }
}
