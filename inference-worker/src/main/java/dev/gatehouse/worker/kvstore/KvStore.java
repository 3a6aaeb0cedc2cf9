package dev.gatehouse.worker.kvstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.crypto.SecretKey;

/**
 * Blocks of KV cache in memory and on disk. What is put is in memory at once and on disk soon after, if it has room there and its
 * owner has a key; nothing comes to the disk unsealed. No failure of the disk is seen by who puts and fetches. Thread-safe.
 */
public final class KvStore implements AutoCloseable {

    private final MemoryTier memory;
    private final StoreCounters counters = new StoreCounters();
    private final Optional<Disk> disk;

    private record Disk(DiskTier tier, DiskWriter writer) {}

    private KvStore(long memoryBytes, Optional<Place> place, LongSupplier nanoTime) {
        this.memory = new MemoryTier(memoryBytes);
        this.disk = place.map(there -> open(there, nanoTime));
    }

    /**
     * Where blocks survive this process.
     *
     * @param directory of this process alone; made if it is missing
     * @param bytes most that all files may have together
     */
    public record Place(Path directory, long bytes) {}

    /**
     * Opens a store and takes up what is on disk.
     *
     * @param memoryBytes most that blocks may take in memory; 0 keeps none, and then nothing comes to the disk either
     * @throws KvStoreException the directory can not be made or read
     */
    public static KvStore open(long memoryBytes, Optional<Place> place) {
        return new KvStore(memoryBytes, place, System::nanoTime);
    }

    /** For tests of what happens as time goes by. */
    static KvStore open(long memoryBytes, Optional<Place> place, LongSupplier nanoTime) {
        return new KvStore(memoryBytes, place, nanoTime);
    }

    /** A store that keeps nothing. */
    public static KvStore none() {
        return open(0, Optional.empty());
    }

    private Disk open(Place place, LongSupplier nanoTime) {
        try {
            DiskTier tier = DiskTier.open(place.directory(), place.bytes(), counters, nanoTime);
            return new Disk(tier, new DiskWriter(memory, tier, counters));
        } catch (IOException e) {
            throw new KvStoreException(
                    "The directory " + place.directory() + " of the KV store can not be used (" + e
                            + "). Make it readable and writable, or choose another one.",
                    e);
        }
    }

    /** Whether there is room for any block. */
    public boolean keeps() {
        return memory.capacity() > 0;
    }

    /** Whether the block is in memory or on disk. */
    public boolean contains(BlockKey key) {
        return memory.contains(key)
                || disk.map(Disk::tier).filter(tier -> tier.contains(key)).isPresent();
    }

    /**
     * Puts a block.
     *
     * @param filler writes all bytes of the buffer, which is direct; it is called at once, or not at all if there is no room
     */
    public void put(BlockOwner owner, BlockKey key, int bytes, Consumer<ByteBuffer> filler) {
        Optional<Block> room = memory.allocate(bytes);
        if (room.isEmpty()) {
            counters.dropped().increment();
            return;
        }
        Block block = room.get();
        try {
            filler.accept(block.bytes());
            block = memory.keep(key, block);
        } finally {
            memory.unpin(block);
        }
        disk.ifPresent(there -> owner.key().ifPresent(secret -> there.writer().offer(key, secret)));
    }

    /** Finds blocks, from the first one to the one before the first that is missing. Waits for the disk. */
    public Prefix fetch(BlockOwner owner, List<BlockKey> keys) {
        List<Block> found = new ArrayList<>();
        for (BlockKey key : keys) {
            Optional<Block> block = find(owner, key);
            if (block.isEmpty()) {
                counters.missed().increment();
                break;
            }
            found.add(block.get());
        }
        return new Prefix(memory, found);
    }

    public StoreStatistics statistics() {
        return new StoreStatistics(
                memory.used(),
                memory.size(),
                disk.map(there -> there.tier().used()).orElse(0L),
                disk.map(there -> there.tier().size()).orElse(0),
                counters.fromMemory().sum(),
                counters.fromDisk().sum(),
                counters.missed().sum(),
                counters.written().sum(),
                counters.dropped().sum(),
                counters.corrupt().sum(),
                counters.failed().sum(),
                disk.map(there -> there.tier().failing()).orElse(false));
    }

    /** Blocks that are in use stay until they are not. */
    @Override
    public void close() {
        disk.ifPresent(there -> there.writer().close());
        memory.close();
    }

    private Optional<Block> find(BlockOwner owner, BlockKey key) {
        Optional<Block> here = memory.pin(key);
        if (here.isPresent()) {
            counters.fromMemory().increment();
            return here;
        }
        return disk.flatMap(there -> owner.key().flatMap(secret -> load(there.tier(), key, secret)));
    }

    private Optional<Block> load(DiskTier tier, BlockKey key, SecretKey secret) {
        OptionalInt size = tier.size(key);
        Optional<Block> room = size.isPresent() ? memory.allocate(size.getAsInt()) : Optional.empty();
        if (room.isEmpty()) {
            return Optional.empty();
        }
        if (!tier.read(key, secret, room.get().bytes())) {
            memory.unpin(room.get());
            return Optional.empty();
        }
        counters.fromDisk().increment();
        return Optional.of(memory.keep(key, room.get()));
    }
}
