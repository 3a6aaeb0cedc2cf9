package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.Limits;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RequestQuotaTest {

    private static final Bound BOUND = new Bound(100, Bound.UNSTATED, 1);
    private static final TenantId TENANT = new TenantId(new UUID(0, 1));

    /** As {@link System#nanoTime} may: it starts below zero and between two microseconds. */
    private final AtomicLong now = new AtomicLong(-1_500);

    private final RequestQuota quota = new RequestQuota(6_000, now::get);

    @Test
    void limitsAKeyToItsOwnRate() {
        Caller caller = caller(1, 3, 100);
        assertThat(admitted(caller, 10)).isEqualTo(3);
        assertThat(admitted(caller(2, 3, 100), 10)).isEqualTo(3);
    }

    @Test
    void limitsAllKeysOfATenantTogether() {
        assertThat(IntStream.rangeClosed(1, 10)
                        .map(key -> admitted(caller(key, 3, 7), 10))
                        .sum())
                .isEqualTo(7);
        Caller stranger = new Caller(new TenantId(new UUID(0, 2)), project(), new KeyId(new UUID(0, 99)), limits(3, 7));
        assertThat(admitted(stranger, 10)).isEqualTo(3);
    }

    @Test
    void takesNothingFromATenantWhenTheKeyIsTheOneThatIsLimited() {
        assertThat(admitted(caller(1, 3, 7), 50)).isEqualTo(3);
        assertThat(admitted(caller(2, 100, 7), 50)).isEqualTo(4);
    }

    @Test
    void takesNothingFromAKeyWhenTheTenantIsTheOneThatIsLimited() {
        Caller caller = caller(1, 5, 2);
        assertThat(admitted(caller, 50)).isEqualTo(2);
        Caller raised = new Caller(TENANT, project(), caller.key(), limits(5, 60_000_000));
        pass(Duration.ofNanos(1_000 * 60));
        assertThat(admitted(raised, 50)).isEqualTo(3);
    }

    @Test
    void appliesTheDefaultWhereThereIsNoOtherLimit() {
        Caller caller = new Caller(TENANT, project(), new KeyId(new UUID(0, 1)));
        assertThat(admitted(caller, 6_010)).isEqualTo(6_000);
    }

    @Test
    void saysExactlyWhenToTryAgain() {
        Caller caller = caller(1, 7, 100);
        admitted(caller, 7);
        Duration wait = refusal(caller).retryAfter().orElseThrow();
        assertThat(wait).isEqualTo(Duration.ofNanos(8_571_429_000L));

        pass(wait.minusNanos(1_000));
        assertThat(refusal(caller).retryAfter()).contains(Duration.ofNanos(1_000));
        pass(Duration.ofNanos(1_000));
        assertThat(admitted(caller, 2)).isOne();
    }

    @Test
    void namesTheLevelThatKeepsTheCallerWaitingLongest() {
        admitted(caller(1, 2, 2), 2);
        assertThat(refusal(caller(1, 2, 2)).message())
                .contains("API key")
                .contains("2 requests")
                .contains("30.000 s");
        assertThat(refusal(caller(2, 2, 2)).message()).contains("tenant").contains("2 requests");
        assertThat(refusal(caller(1, 60, 2)).message()).contains("tenant");
        assertThat(refusal(caller(1, 1, 2)).code()).isEqualTo(Code.RATE_LIMITED);
    }

    @Test
    void admitsExactlyTheLimitHoweverManyAskAtOnce() throws InterruptedException, ExecutionException {
        List<Callable<Integer>> callers = IntStream.range(0, 200)
                .<Callable<Integer>>mapToObj(i -> () -> admitted(caller(i % 4, 30, 50), 1))
                .toList();
        int sum = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : threads.invokeAll(callers)) {
                sum += one.get();
            }
        }
        assertThat(sum).isEqualTo(50);
        assertThat(quota.open()).isEqualTo(50);
    }

    @Test
    void forgetsBucketsThatRested() {
        IntStream.range(0, 1_000).forEach(key -> admitted(caller(key, 3, 100_000), 1));
        assertThat(quota.buckets()).isEqualTo(1_001);
        pass(Duration.ofMinutes(1));
        admitted(caller(0, 3, 100_000), 3);
        pass(Duration.ofMinutes(1));
        assertThat(quota.buckets()).isEqualTo(2);
        assertThat(admitted(caller(0, 3, 100_000), 10)).isEqualTo(3);
    }

    @Test
    void settlesAReservationOnce() {
        Reservation first = reserve(BOUND);
        Reservation second = reserve(BOUND);
        assertThat(quota.open()).isEqualTo(2);
        first.settle(List.of());
        first.settle(List.of());
        assertThat(quota.open()).isOne();
        second.narrow(Price.FREE).settle(List.of());
        assertThat(quota.open()).isZero();
    }

    @Test
    void grantsTheFirstStepAndThenWhatIsAskedFor() {
        Reservation held = reserve(BOUND);
        assertThat(held.granted()).isEqualTo(256);
        assertThat(held.more(256)).isEqualTo(new Grant.Granted(512));
        assertThat(held.granted()).isEqualTo(512);
        assertThat(held.more(Long.MAX_VALUE)).isEqualTo(new Grant.Granted(Long.MAX_VALUE));
        assertThat(held.more(1)).isEqualTo(new Grant.Granted(Long.MAX_VALUE));
    }

    @Test
    void grantsNoMoreThanWasAskedForInAll() {
        assertThat(reserve(new Bound(1, 10, 3)).granted()).isEqualTo(30);
        Reservation held = reserve(new Bound(1, 200, 2));
        assertThat(held.granted()).isEqualTo(256);
        assertThat(held.more(256)).isEqualTo(new Grant.Granted(400));
        assertThat(reserve(new Bound(1, Bound.UNSTATED, 8)).granted()).isEqualTo(256);
    }

    @Test
    void losesNoGrantWhenManyAreAskedForAtOnce() throws InterruptedException {
        Reservation held = reserve(BOUND);
        Callable<Grant> ask = () -> held.more(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(Stream.generate(() -> ask).limit(500).toList());
        }
        assertThat(held.granted()).isEqualTo(756);
    }

    @Test
    void refusesToGrantNothing() {
        Reservation held = reserve(BOUND);
        assertThatThrownBy(() -> held.more(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private int admitted(Caller caller, int times) {
        return (int) Stream.generate(() -> quota.admit(caller, BOUND))
                .limit(times)
                .filter(Admission.Admitted.class::isInstance)
                .count();
    }

    private Reservation reserve(Bound bound) {
        return switch (quota.admit(caller(1, 100, 100), bound)) {
            case Admission.Admitted(Reservation held) -> held;
            case Admission.Limited(Problem why) -> throw new AssertionError(why.message());
        };
    }

    private Problem refusal(Caller caller) {
        return switch (quota.admit(caller, BOUND)) {
            case Admission.Admitted _ -> throw new AssertionError("it was admitted");
            case Admission.Limited(Problem why) -> why;
        };
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Caller caller(int key, int keyRate, int tenantRate) {
        return new Caller(TENANT, project(), new KeyId(new UUID(0, key)), limits(keyRate, tenantRate));
    }

    private static ProjectId project() {
        return new ProjectId(new UUID(0, 1));
    }

    private static Limits limits(int key, int tenant) {
        return new Limits(OptionalInt.of(key), OptionalInt.of(tenant));
    }
}
