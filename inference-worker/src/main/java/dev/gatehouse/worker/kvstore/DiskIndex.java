package dev.gatehouse.worker.kvstore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Which blocks are on disk, how large their files are, and which was used the longest time ago. Thread-safe. */
final class DiskIndex {

    private final Map<BlockKey, Integer> sizes = new LinkedHashMap<>(16, 0.75f, true);
    private long used;

    synchronized boolean contains(BlockKey key) {
        return sizes.containsKey(key);
    }

    /** Bytes of a block's file; it counts as used now. */
    synchronized OptionalInt use(BlockKey key) {
        Integer size = sizes.get(key);
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }

    synchronized void add(BlockKey key, int size) {
        remove(key);
        sizes.put(key, size);
        used += size;
    }

    synchronized void remove(BlockKey key) {
        Integer size = sizes.remove(key);
        used -= size == null ? 0 : size;
    }

    /** The one that has to leave first when all together are larger than this. */
    synchronized Optional<BlockKey> beyond(long capacity) {
        return used <= capacity ? Optional.empty() : sizes.keySet().stream().findFirst();
    }

    synchronized long used() {
        return used;
    }

    synchronized int size() {
        return sizes.size();
    }
}
