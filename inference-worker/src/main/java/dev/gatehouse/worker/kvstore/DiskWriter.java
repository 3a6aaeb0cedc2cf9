package dev.gatehouse.worker.kvstore;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.crypto.SecretKey;

/**
 * The one thread that writes blocks to disk, out of memory. What can not wait, because the queue is full, or was thrown out of
 * memory meanwhile, is dropped and counted.
 */
final class DiskWriter implements AutoCloseable {

    private static final int QUEUE = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MemoryTier memory;
    private final DiskTier disk;
    private final StoreCounters counters;
    private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread =
            Thread.ofPlatform().name("kv-store-writer").daemon().unstarted(this::run);

    private sealed interface Task {}

    private record Write(BlockKey key, SecretKey secret) implements Task {}

    private record Stop() implements Task {}

    DiskWriter(MemoryTier memory, DiskTier disk, StoreCounters counters) {
        this.memory = memory;
        this.disk = disk;
        this.counters = counters;
        thread.start();
    }

    void offer(BlockKey key, SecretKey secret) {
        if (!tasks.offer(new Write(key, secret))) {
            counters.dropped().increment();
        }
    }

    private void run() {
        try {
            while (tasks.take() instanceof Write next) {
                write(next);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Write task) {
        Optional<Block> block = memory.pin(task.key());
        if (block.isEmpty()) {
            counters.dropped().increment();
            return;
        }
        try {
            disk.write(task.key(), task.secret(), block.get().bytes());
        } finally {
            memory.unpin(block.get());
        }
    }

    /** Writes what waits, but no longer than some seconds. */
    @Override
    public void close() {
        try {
            tasks.put(new Stop());
            if (!thread.join(PATIENCE)) {
                tasks.clear();
                tasks.put(new Stop());
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
