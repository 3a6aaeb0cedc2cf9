package dev.gatehouse.worker.kvstore;

import java.util.concurrent.atomic.LongAdder;

/** What has happened in a store since it was opened. Thread-safe. */
record StoreCounters(
        LongAdder fromMemory,
        LongAdder fromDisk,
        LongAdder missed,
        LongAdder written,
        LongAdder dropped,
        LongAdder corrupt,
        LongAdder failed) {

    StoreCounters() {
        this(
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder());
    }
}
