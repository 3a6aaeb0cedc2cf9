package dev.gatehouse.worker;

import dev.gatehouse.worker.kvstore.KvStore;
import dev.gatehouse.worker.kvstore.StoreStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The meters of the KV store; {@code /metrics} shows them as {@code gatehouse_worker_kvstore_…}. */
final class KvStoreMetrics {

    private final KvStore store;
    private final MeterRegistry registry;

    private KvStoreMetrics(KvStore store, MeterRegistry registry) {
        this.store = store;
        this.registry = registry;
    }

    static void bind(KvStore store, MeterRegistry registry) {
        KvStoreMetrics metrics = new KvStoreMetrics(store, registry);
        metrics.gauge("bytes", "memory", "Bytes of blocks, by tier", StoreStatistics::memoryBytes);
        metrics.gauge("bytes", "disk", "Bytes of blocks, by tier", StoreStatistics::diskBytes);
        metrics.gauge("blocks", "memory", "Blocks, by tier", StoreStatistics::memoryBlocks);
        metrics.gauge("blocks", "disk", "Blocks, by tier", StoreStatistics::diskBlocks);
        metrics.gauge(
                "failing", "disk", "1 while the disk is left alone after a failure", s -> s.diskFailing() ? 1 : 0);
        metrics.count("found", "memory", "Blocks that were asked for and found, by tier", StoreStatistics::fromMemory);
        metrics.count("found", "disk", "Blocks that were asked for and found, by tier", StoreStatistics::fromDisk);
        metrics.count("written", "disk", "Files written", StoreStatistics::written);
        metrics.count("dropped", "all", "Blocks that were not kept for want of room or time", StoreStatistics::dropped);
        metrics.count("corrupt", "disk", "Files that did not open and were deleted", StoreStatistics::corrupt);
        metrics.count("failures", "disk", "Reads and writes that failed", StoreStatistics::failed);
    }

    private void gauge(String name, String tier, String description, ToDoubleFunction<StoreStatistics> value) {
        Gauge.builder("gatehouse.worker.kvstore." + name, store, of -> value.applyAsDouble(of.statistics()))
                .description(description)
                .tag("tier", tier)
                .register(registry);
    }

    private void count(String name, String tier, String description, ToDoubleFunction<StoreStatistics> value) {
        FunctionCounter.builder("gatehouse.worker.kvstore." + name, store, of -> value.applyAsDouble(of.statistics()))
                .description(description)
                .tag("tier", tier)
                .register(registry);
    }
}
