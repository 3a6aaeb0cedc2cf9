package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/** A gateway's quota whose errands are run at once, by whoever asks: no thread, no waiting. */
final class TestGateway implements Counter {

    static final Caller CALLER = caller(1);
    static final ModelName MODEL = new ModelName("tiny-moe");

    final Leases leases;
    final QuotaMeters meters = new QuotaMeters(new SimpleMeterRegistry());
    final LeasedQuota quota;
    final Pool pool;
    final List<Long> warnedAt = new ArrayList<>();
    private final Errands errands;
    LimitBook book;

    TestGateway(Pool pool, LongSupplier clock, LimitBook book) {
        this.pool = pool;
        this.book = book;
        this.leases = new Leases(clock);
        this.errands = new Errands(pool, leases, meters, (_, spent) -> warnedAt.add(spent));
        this.quota = new LeasedQuota(() -> this.book, leases, this, meters);
    }

    /** One of several gateways of a pool in memory, at which it can be recalled. */
    static TestGateway of(MemoryBuckets buckets, int start, LongSupplier clock, LimitBook book) {
        TestGateway gateway = new TestGateway(buckets.gateway(start), clock, book);
        buckets.recalls.add(keys -> {
            gateway.leases.recall(keys);
            gateway.tick();
        });
        return gateway;
    }

    static Caller caller(int key) {
        return new Caller(
                new TenantId(new UUID(0, 1_001)), new ProjectId(new UUID(0, 1_002)), new KeyId(new UUID(1, key)));
    }

    Admission admit(Bound bound, Price price) {
        return quota.admit(CALLER, new Demand(MODEL, bound, price));
    }

    Reservation held(Bound bound, Price price) {
        return switch (admit(bound, price)) {
            case Admission.Admitted admitted -> admitted.held();
            case Admission.Limited limited ->
                throw new AssertionError(limited.why().message());
        };
    }

    Problem refusal(Bound bound, Price price) {
        return switch (admit(bound, price)) {
            case Admission.Admitted _ -> throw new AssertionError("it was admitted");
            case Admission.Limited limited -> limited.why();
        };
    }

    /** Reports what is to be reported. */
    void tick() {
        errands.round(List.of());
    }

    @Override
    public Optional<Refusal> obtain(List<Claim> claims) {
        Ask ask = Ask.of(claims);
        errands.round(List.of(ask));
        try {
            return ask.answer().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Fault fault ? fault : failed;
        }
    }

    @Override
    public void topUp(List<Lease> low) {
        errands.round(List.of(Ask.toTopUp(low)));
    }

    @Override
    public void recall(BucketKey bucket) {
        pool.recall(List.of(bucket));
    }
}
