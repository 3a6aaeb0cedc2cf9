package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeasedQuotaTest {

    private static final Bound BOUND = new Bound(100, Bound.UNSTATED, 1);
    private static final Price PER_CALL = new Price(0, 0, 0, 0, 100_000_000);
    private static final long FIVE = 5_000_000_000L;

    private long now = Sample.NOW;
    private final MemoryBuckets buckets = new MemoryBuckets(() -> now);

    @Test
    void commonAdmissionsMakeNoCallOfThePool() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.REQUESTS, Period.MINUTE, 6_000));
        admitAndSettle(gateway, 1);
        gateway.tick();
        int before = buckets.calls.get();
        admitAndSettle(gateway, 40);
        assertThat(buckets.calls).hasValue(before);
    }

    @Test
    void aHundredthOfTheAdmissionsMakesACallAtMost() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.REQUESTS, Period.DAY, 1_000_000));
        admitAndSettle(gateway, 10_000);
        assertThat(buckets.calls.get()).isLessThan(100);
    }

    @Test
    void admitsExactlyTheLimitOnOneGateway() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.REQUESTS, Period.DAY, 137));
        assertThat(admitted(gateway, 500)).isEqualTo(137);
    }

    @Test
    void admitsExactlyTheLimitOnThreeGatewaysInTurn() {
        List<TestGateway> three = gateways(3, Sample.limit(1, Measure.REQUESTS, Period.DAY, 1_000));
        int admitted = 0;
        for (int i = 0; i < 3_000; i++) {
            admitted += admitted(three.get(i % 3), 1);
        }
        assertThat(admitted).isEqualTo(1_000);
    }

    @Test
    void admitsFiftyCallsOfTenCentsOnABudgetOfFiveHoweverTheyAreSpread() {
        List<TestGateway> three = gateways(3, Sample.limit(1, Measure.CHARGE, Period.MONTH, FIVE));
        int admitted = 0;
        for (int i = 0; i < 200; i++) {
            admitted += three.get(i * i % 3).admit(BOUND, PER_CALL) instanceof Admission.Admitted ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(50);
    }

    @Test
    void takesFromEveryLevelOrFromNone() {
        TestGateway gateway = gateway(
                Sample.limit(1, Measure.REQUESTS, Period.DAY, 100), Sample.limit(2, Measure.STREAMS, Period.NONE, 2));
        Reservation first = gateway.held(BOUND, Price.FREE);
        gateway.held(BOUND, Price.FREE);
        assertThat(admitted(gateway, 20)).isZero();
        first.settle(List.of());
        assertThat(admitted(gateway, 20)).isOne();
        gateway.leases.recallAll();
        gateway.tick();
        assertThat(buckets.leased(key(Measure.REQUESTS, 1)) + spent(Measure.REQUESTS, 1))
                .isEqualTo(3);
    }

    @Test
    void aRefusalIsFinalWhenTheBudgetIsSpentAndSaysWhenTheNextOneBegins() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.CHARGE, Period.DAY, 100_000_000));
        gateway.held(BOUND, PER_CALL).settle(List.of(new Charge(1, Usage.NONE, PER_CALL)));
        Problem why = gateway.refusal(BOUND, PER_CALL);
        assertThat(why.code()).isEqualTo(Code.BUDGET_EXCEEDED);
        assertThat(why.message()).contains("tenant", "0.10 a day");
        assertThat(why.retryAfter()).contains(Duration.ofHours(14));
        int before = buckets.calls.get();
        gateway.refusal(BOUND, PER_CALL);
        assertThat(buckets.calls).hasValue(before);
    }

    @Test
    void aRefusalIsNotFinalWhileOpenRequestsHoldTheRest() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.CHARGE, Period.DAY, 100_000_000));
        Reservation held = gateway.held(BOUND, PER_CALL);
        assertThat(gateway.refusal(BOUND, PER_CALL).retryAfter()).contains(Duration.ofSeconds(1));
        held.settle(List.of());
        gateway.held(BOUND, PER_CALL);
    }

    @Test
    void aRefusalNamesTheLimitThatHadNoRoomEvenIfItHasSomeByNow() {
        TestGateway gateway = gateway(
                Sample.limit(1, Measure.REQUESTS, Period.MINUTE, 1_000_000_000),
                Sample.limit(2, Measure.CHARGE, Period.DAY, FIVE));
        List<Part> parts = gateway.leases.open(gateway.book.of(TestGateway.CALLER, TestGateway.MODEL, now));
        List<Claim> claims = parts.stream().map(part -> new Claim(part, 1)).toList();
        for (Part part : parts) {
            Refusal refusal =
                    gateway.leases.refusalOfPool(claims, part.terms().key()).orElseThrow();
            assertThat(refusal.terms()).isEqualTo(part.terms());
            assertThat(refusal.mayPass()).isTrue();
            assertThat(refusal.problem().retryAfter()).contains(Duration.ofSeconds(1));
        }
    }

    @Test
    void whatAnotherGatewayDoesNotNeedIsCalledBackBeforeARefusal() {
        List<TestGateway> two = gateways(2, Sample.limit(1, Measure.REQUESTS, Period.DAY, 1_000));
        admitAndSettle(two.getFirst(), 1);
        assertThat(buckets.leased(key(Measure.REQUESTS, 1))).isGreaterThan(0);
        assertThat(admitted(two.getLast(), 2_000)).isEqualTo(999);
    }

    @Test
    void saysExactlyWhenAFlowHasRoomAgain() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.REQUESTS, Period.MINUTE, 7));
        assertThat(admitted(gateway, 20)).isEqualTo(7);
        Duration wait = gateway.refusal(BOUND, Price.FREE).retryAfter().orElseThrow();
        assertThat(wait).isEqualTo(Duration.ofNanos(8_571_429_000L));
        now += 8_571_428;
        assertThat(gateway.refusal(BOUND, Price.FREE).retryAfter()).contains(Duration.ofNanos(1_000));
        now += 1;
        assertThat(admitted(gateway, 2)).isOne();
    }

    @Test
    void aRequestThatNeverFitsIsToldSoWithoutATime() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.INPUT_TOKENS, Period.MINUTE, 50));
        Problem why = gateway.refusal(BOUND, Price.FREE);
        assertThat(why.retryAfter()).isEmpty();
        assertThat(why.message()).contains("50 input tokens a minute", "shorter");
    }

    @Test
    void reservesTheFirstGrantAndNotTheWholeContext() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.TOTAL_TOKENS, Period.DAY, 1_000));
        Reservation held = gateway.held(BOUND, Price.FREE);
        assertThat(held.granted()).isEqualTo(256);
        assertThat(held.more(256)).isEqualTo(new Grant.Granted(512));
        assertThat(gateway.held(new Bound(1, 10, 3), Price.FREE).granted()).isEqualTo(30);
    }

    @Test
    void capsAnAnswerWhoseLimitIsUsedUp() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.OUTPUT_TOKENS, Period.DAY, 600));
        Reservation held = gateway.held(BOUND, Price.FREE);
        assertThat(held.more(256)).isEqualTo(new Grant.Granted(512));
        assertThat(held.more(256)).isInstanceOfSatisfying(Grant.Capped.class, capped -> {
            assertThat(capped.total()).isEqualTo(512);
            assertThat(capped.why().message()).contains("600 output tokens a day");
        });
        assertThat(held.more(88)).isEqualTo(new Grant.Granted(600));
    }

    @Test
    void grantsNoMoreThanWasAskedForInAll() {
        Reservation held = gateway().held(new Bound(1, 200, 2), Price.FREE);
        assertThat(held.more(256)).isEqualTo(new Grant.Granted(400));
        assertThat(held.more(256)).isEqualTo(new Grant.Granted(400));
        assertThatThrownBy(() -> held.more(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void narrowingGivesBackTheDifferenceOfThePrices() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.CHARGE, Period.DAY, 100_000_000));
        Reservation held = gateway.held(BOUND, PER_CALL);
        held.narrow(new Price(0, 0, 0, 0, 40_000_000));
        gateway.held(BOUND, new Price(0, 0, 0, 0, 60_000_000));
        held.settle(List.of(new Charge(1, Usage.NONE, new Price(0, 0, 0, 0, 40_000_000))));
        gateway.tick();
        assertThat(spent(Measure.CHARGE, 1)).isEqualTo(40_000_000);
    }

    @Test
    void countsWhatIsDueOnceAndReturnsTheRest() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.TOTAL_TOKENS, Period.DAY, 10_000));
        Reservation held = gateway.held(BOUND, Price.FREE);
        Usage usage = new Usage(30, 0, 12, 0, Meters.NONE, true);
        Charge lost = new Charge(1, usage, Price.FREE).waived();
        held.settle(List.of(lost, new Charge(2, usage, Price.FREE)));
        held.settle(List.of(new Charge(2, usage, Price.FREE)));
        gateway.leases.recallAll();
        gateway.tick();
        assertThat(spent(Measure.TOTAL_TOKENS, 1)).isEqualTo(42);
        assertThat(buckets.leased(key(Measure.TOTAL_TOKENS, 1))).isZero();
        assertThat(gateway.meters.open()).isZero();
    }

    @Test
    void moreThanWasReservedIsCountedAllTheSame() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.TOTAL_TOKENS, Period.DAY, 400));
        gateway.held(BOUND, Price.FREE)
                .settle(List.of(new Charge(1, new Usage(100, 0, 900, 0, Meters.NONE, true), Price.FREE)));
        gateway.tick();
        assertThat(spent(Measure.TOTAL_TOKENS, 1)).isEqualTo(1_000);
        assertThat(gateway.refusal(BOUND, Price.FREE).retryAfter()).contains(Duration.ofHours(14));
    }

    @Test
    void aNewWindowBeginsWholeAndALateReturnToTheOldOneChangesNothing() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.REQUESTS, Period.DAY, 10));
        List<Reservation> open = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            open.add(gateway.held(BOUND, Price.FREE));
        }
        now += Duration.ofHours(14).toNanos() / 1_000;
        assertThat(admitted(gateway, 20)).isEqualTo(10);
        open.forEach(held -> held.settle(List.of()));
        assertThat(admitted(gateway, 20)).isZero();
    }

    @Test
    void anUnreachablePoolFailsThoseWhoNeedItAndNobodyElse() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.REQUESTS, Period.MINUTE, 6_000));
        admitAndSettle(gateway, 1);
        ((MemoryBuckets.MemoryPool) gateway.pool).away = true;
        admitAndSettle(gateway, 20);
        assertThatThrownBy(() -> admitAndSettle(gateway, 200))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.problem().code()).isEqualTo(Code.DATABASE_UNAVAILABLE));
        assertThat(gateway.meters.open()).isZero();
        ((MemoryBuckets.MemoryPool) gateway.pool).away = false;
        admitAndSettle(gateway, 200);
    }

    @Test
    void leasesOfBucketsThatRestGoBackAndAreForgotten() {
        TestGateway gateway = gateway(Sample.limit(1, Measure.REQUESTS, Period.DAY, 10_000));
        admitAndSettle(gateway, 1);
        now += 6 * Sample.SECOND;
        gateway.tick();
        assertThat(buckets.leased(key(Measure.REQUESTS, 1))).isZero();
        gateway.tick();
        assertThat(gateway.leases.size()).isZero();
        admitAndSettle(gateway, 1);
        gateway.tick();
        assertThat(spent(Measure.REQUESTS, 1)).isEqualTo(2);
    }

    @Test
    void warnsOnceWhenASoftLimitIsPassed() {
        Limit hard = Sample.limit(1, Measure.REQUESTS, Period.DAY, 10);
        Limit soft = new Limit(
                hard.id(),
                hard.level(),
                hard.subject(),
                hard.model(),
                hard.measure(),
                hard.period(),
                hard.amount(),
                java.util.OptionalInt.of(80),
                hard.zone(),
                hard.overrides());
        TestGateway gateway = gateway(soft);
        admitAndSettle(gateway, 7);
        gateway.tick();
        assertThat(gateway.meters.warnings()).isZero();
        admitAndSettle(gateway, 3);
        gateway.tick();
        gateway.tick();
        assertThat(gateway.meters.warnings()).isOne();
        assertThat(gateway.warnedAt).hasSize(1);
    }

    private TestGateway gateway(Limit... limits) {
        return gateways(1, limits).getFirst();
    }

    private List<TestGateway> gateways(int count, Limit... limits) {
        LimitBook book = new LimitBook(List.of(limits), Sample.ANY_RATE);
        List<TestGateway> all = new ArrayList<>();
        for (int start = 1; start <= count; start++) {
            all.add(TestGateway.of(buckets, start, () -> now, book));
        }
        return all;
    }

    private static int admitted(TestGateway gateway, int times) {
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += gateway.admit(BOUND, Price.FREE) instanceof Admission.Admitted ? 1 : 0;
        }
        return admitted;
    }

    private static void admitAndSettle(TestGateway gateway, int times) {
        for (int i = 0; i < times; i++) {
            gateway.held(BOUND, Price.FREE).settle(List.of());
        }
    }

    private BucketKey key(Measure measure, int id) {
        Period period = measure == Measure.STREAMS ? Period.NONE : Period.DAY;
        return Sample.limit(id, measure, period, 1).at(now).key();
    }

    private long spent(Measure measure, int id) {
        return buckets.bucket(key(measure, id)).spent();
    }
}
