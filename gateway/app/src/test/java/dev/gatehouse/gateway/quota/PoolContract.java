package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every pool does, seen by two gateways. */
abstract class PoolContract {

    private static final int HERE = 1;
    private static final int THERE = 2;

    private final int id = Math.floorMod(UUID.randomUUID().hashCode(), 1_000_000_000);

    /** One of two gateways. */
    abstract Pool gateway(int number);

    @Test
    void leasesWhatIsNeededAndABlockWhileMuchIsLeft() {
        Terms window = terms(Measure.REQUESTS, Period.DAY, 100);
        Answer answer = gateway(HERE).carryOut(List.of(take(window, 1, 10)));
        assertThat(answer.lacking()).containsExactly(Optional.empty());
        assertThat(answer.position(window.key()).own()).isEqualTo(new LeaseRow(11, 0));
        assertThat(answer.position(window.key()).bucket().leased()).isEqualTo(11);
    }

    @Test
    void leasesNoBlockWhenTwoForEachGatewayDoNotRemain() {
        Terms window = terms(Measure.REQUESTS, Period.DAY, 100);
        Answer first = gateway(HERE).carryOut(List.of(take(window, 60, 10)));
        assertThat(first.position(window.key()).own().units()).isEqualTo(60);
        gateway(HERE).carryOut(List.of(new Order.Report(window, OptionalLong.of(0), 1)));
        Answer second = gateway(HERE).carryOut(List.of(take(window, 0, 10)));
        assertThat(second.position(window.key()).own().units()).isEqualTo(69);
        Answer third = gateway(THERE).carryOut(List.of(take(window, 1, 10)));
        assertThat(third.position(window.key()).own().units()).isOne();
    }

    @Test
    void takesAllOfWhatIsWantedOrNothing() {
        Terms much = terms(Measure.REQUESTS, Period.DAY, 100);
        Terms little = new Terms(
                Sample.limit(id + 1, Measure.STREAMS, Period.NONE, 2),
                Sample.limit(id + 1, Measure.STREAMS, Period.NONE, 2)
                        .at(Sample.NOW)
                        .key(),
                new Rule.Gauge(2));
        Order both = new Order.Take(List.of(new Order.Want(much, 1, 0), new Order.Want(little, 1, 0)));
        Answer answer = gateway(HERE).carryOut(List.of(both, both, both));
        assertThat(answer.lacking().stream().map(Optional::isEmpty)).containsExactly(true, true, false);
        assertThat(answer.position(much.key()).own().units()).isEqualTo(2);
        assertThat(answer.position(little.key()).bucket().leased()).isEqualTo(2);
    }

    @Test
    void whatIsReportedTwiceCountsOnce() {
        Terms window = terms(Measure.REQUESTS, Period.DAY, 100);
        Order report = new Order.Report(window, OptionalLong.of(7), 0);
        Pool here = gateway(HERE);
        here.carryOut(List.of(take(window, 10, 0)));
        here.carryOut(List.of(report));
        Answer answer = here.carryOut(List.of(report));
        assertThat(answer.position(window.key()).bucket().spent()).isEqualTo(7);
        assertThat(answer.position(window.key()).own()).isEqualTo(new LeaseRow(3, 7));
    }

    @Test
    void aGatewayThatForgotIsToldWhatItReported() {
        Terms window = terms(Measure.REQUESTS, Period.DAY, 100);
        Pool here = gateway(HERE);
        here.carryOut(List.of(take(window, 10, 0), new Order.Report(window, OptionalLong.of(4), 6)));
        Answer answer = here.carryOut(List.of(new Order.Report(window, OptionalLong.empty(), 0)));
        assertThat(answer.position(window.key()).own()).isEqualTo(new LeaseRow(0, 4));
        assertThat(answer.position(window.key()).bucket().spent()).isEqualTo(4);
    }

    @Test
    void whatOneGatewayReturnsTheOtherCanTake() {
        Terms gauge = new Terms(
                Sample.limit(id, Measure.STREAMS, Period.NONE, 3),
                Sample.limit(id, Measure.STREAMS, Period.NONE, 3).at(Sample.NOW).key(),
                new Rule.Gauge(3));
        gateway(HERE).carryOut(List.of(take(gauge, 3, 0)));
        assertThat(gateway(THERE).carryOut(List.of(take(gauge, 1, 0))).lacking())
                .containsExactly(Optional.of(gauge.key()));
        gateway(HERE).carryOut(List.of(new Order.Report(gauge, OptionalLong.of(0), 2)));
        Answer answer = gateway(THERE).carryOut(List.of(take(gauge, 2, 0)));
        assertThat(answer.lacking()).containsExactly(Optional.empty());
        assertThat(answer.position(gauge.key()).bucket().leased()).isEqualTo(3);
    }

    @Test
    void moreUsedThanLeasedIsTakenFromTheBucket() {
        Terms window = terms(Measure.REQUESTS, Period.DAY, 10);
        Pool here = gateway(HERE);
        here.carryOut(List.of(take(window, 2, 0)));
        Answer answer = here.carryOut(List.of(new Order.Report(window, OptionalLong.of(14), 5)));
        assertThat(answer.position(window.key()).bucket().spent()).isEqualTo(14);
        assertThat(answer.position(window.key()).bucket().leased()).isZero();
        assertThat(answer.position(window.key()).own()).isEqualTo(new LeaseRow(0, 14));
    }

    @Test
    void aFlowBeginsFullAndKeepsItsPlaceForWhatIsLeased() {
        Terms flow = terms(Measure.REQUESTS, Period.MINUTE, 60);
        Answer answer = gateway(HERE).carryOut(List.of(take(flow, 60, 0)));
        assertThat(answer.lacking()).containsExactly(Optional.empty());
        assertThat(answer.position(flow.key()).bucket().room(flow.rule())).isZero();
        assertThat(answer.position(flow.key()).bucket().at()).isEqualTo(answer.now());
    }

    @Test
    void tellsTheTimeWithEveryAnswer() {
        Pool here = gateway(HERE);
        long before = here.now();
        Answer answer = here.carryOut(List.of(take(terms(Measure.REQUESTS, Period.DAY, 10), 1, 0)));
        assertThat(answer.now()).isBetween(before, here.now());
    }

    private Terms terms(Measure measure, Period period, long amount) {
        return Sample.terms(id, measure, period, amount);
    }

    static Order take(Terms terms, long need, long block) {
        return new Order.Take(List.of(new Order.Want(terms, need, block)));
    }
}
