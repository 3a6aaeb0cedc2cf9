package dev.gatehouse.gateway.quota;

final class MemoryPoolTest extends PoolContract {

    private final MemoryBuckets buckets = new MemoryBuckets(() -> Sample.NOW);
    private final Pool here = buckets.gateway(1);
    private final Pool there = buckets.gateway(2);

    @Override
    Pool gateway(int number) {
        return number == 1 ? here : there;
    }
}
