package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class BookStandingsTest {

    private static final Standings.Least ONE_CALL = new Standings.Least(10, 1, 100);
    private static final Instant NOW = Instant.EPOCH.plus(Terms.micros(Sample.NOW));
    private static final Instant MIDNIGHT = Instant.parse("2026-11-25T00:00:00Z");

    private final Map<BucketKey, Bucket> buckets = new HashMap<>();

    @Test
    void tellsTheWidestFirstAndOneForAModelAfterOneForAll() {
        Limit key = limit(4, Level.KEY, TestGateway.CALLER.key().value(), Measure.REQUESTS, Period.DAY, 5);
        Limit tenant = limit(2, Level.TENANT, TestGateway.CALLER.tenant().value(), Measure.CHARGE, Period.DAY, 500);
        Limit ofModel = new Limit(
                new UUID(7, 3),
                Level.TENANT,
                TestGateway.CALLER.tenant().value(),
                Optional.of(TestGateway.MODEL),
                Measure.REQUESTS,
                Period.DAY,
                5,
                OptionalInt.empty(),
                ZoneOffset.UTC,
                List.of());
        Limit all = limit(1, Level.ORGANISATION, new UUID(0, 0), Measure.REQUESTS, Period.DAY, 5);

        assertThat(explain(ONE_CALL, key, ofModel, tenant, all).bindings())
                .filteredOn(binding -> !binding.byDefault())
                .extracting(Standings.Binding::limit)
                .containsExactly(all, tenant, ofModel, key);
    }

    @Test
    void namesTheDefaultsAsSuch() {
        assertThat(explain(ONE_CALL).bindings())
                .hasSize(2)
                .allSatisfy(binding -> assertThat(binding.byDefault()).isTrue())
                .extracting(binding -> binding.limit().level())
                .containsExactly(Level.TENANT, Level.KEY);
    }

    @Test
    void countsWhatTheLeastCallNeedsOfEachMeasure() {
        assertThat(explain(
                                ONE_CALL,
                                tenant(1, Measure.INPUT_TOKENS, Period.DAY, 100),
                                tenant(2, Measure.TOTAL_TOKENS, Period.DAY, 100),
                                tenant(3, Measure.CHARGE, Period.DAY, 1_000))
                        .bindings())
                .filteredOn(binding -> !binding.byDefault())
                .extracting(binding -> binding.limit().measure() + " " + binding.needed())
                .containsExactlyInAnyOrder("INPUT_TOKENS 10", "TOTAL_TOKENS 11", "CHARGE 100");
    }

    @Test
    void refusesWhereLessIsLeftThanOneCallNeedsAndKnowsWhenAWindowBeginsAnew() {
        Limit budget = tenant(1, Measure.CHARGE, Period.DAY, 1_000);
        put(budget, bucket -> bucket.take(rule(budget), 901).use(rule(budget), 901));

        Standings.Explained explained = explain(ONE_CALL, budget);

        Standings.Binding first = explained.first().orElseThrow();
        assertThat(first.limit()).isEqualTo(budget);
        assertThat(first.refuses()).isTrue();
        assertThat(first.state().left()).isEqualTo(99);
        assertThat(first.room()).contains(MIDNIGHT);
    }

    @Test
    void admitsWhereExactlyOneCallIsLeft() {
        Limit budget = tenant(1, Measure.CHARGE, Period.DAY, 1_000);
        put(budget, bucket -> bucket.take(rule(budget), 900).use(rule(budget), 900));
        assertThat(explain(ONE_CALL, budget).first()).isEmpty();
    }

    @Test
    void knowsNoTimeForWhatOtherRequestsHold() {
        Limit budget = tenant(1, Measure.CHARGE, Period.DAY, 1_000);
        put(budget, bucket -> bucket.take(rule(budget), 1_000));
        assertThat(explain(ONE_CALL, budget).first().orElseThrow().room()).isEmpty();
    }

    @Test
    void knowsNoTimeForACallThatIsLargerThanTheLimit() {
        Limit small = tenant(1, Measure.INPUT_TOKENS, Period.MINUTE, 9);
        Standings.Binding first = explain(ONE_CALL, small).first().orElseThrow();
        assertThat(first.limit()).isEqualTo(small);
        assertThat(first.room()).isEmpty();
    }

    @Test
    void putsTheLongestWaitFirstOfSeveralThatRefuse() {
        Limit minute = tenant(1, Measure.REQUESTS, Period.MINUTE, 60);
        Limit day = tenant(2, Measure.CHARGE, Period.DAY, 100);
        Limit streams = tenant(3, Measure.STREAMS, Period.NONE, 1);
        put(minute, bucket -> bucket.take(rule(minute), 60).use(rule(minute), 60));
        put(day, bucket -> bucket.take(rule(day), 100).use(rule(day), 100));
        put(streams, bucket -> bucket.take(rule(streams), 1));

        Standings.Explained explained = explain(ONE_CALL, minute, day, streams);

        assertThat(explained.bindings()).filteredOn(Standings.Binding::refuses).hasSize(3);
        assertThat(explained.first().orElseThrow().limit()).isEqualTo(day);
        assertThat(explained.bindings())
                .filteredOn(binding -> binding.limit().equals(minute))
                .singleElement()
                .satisfies(binding -> assertThat(binding.room()).contains(NOW.plus(Duration.ofSeconds(1))));
    }

    private Standings.Explained explain(Standings.Least least, Limit... limits) {
        LimitBook book = new LimitBook(List.of(limits), Sample.ANY_RATE);
        LimitStates states = new LimitStates() {
            @Override
            public long now() {
                return Sample.NOW;
            }

            @Override
            public Map<BucketKey, Bucket> of(List<Terms> terms) {
                return buckets;
            }
        };
        ModelName model = TestGateway.MODEL;
        return new BookStandings(() -> book, states).explain(TestGateway.CALLER, model, least);
    }

    private interface Use {
        Bucket of(Bucket bucket);
    }

    private void put(Limit limit, Use use) {
        Terms terms = limit.at(Sample.NOW);
        buckets.put(terms.key(), use.of(Bucket.fresh(terms.rule(), Sample.NOW)));
    }

    private static Rule rule(Limit limit) {
        return limit.at(Sample.NOW).rule();
    }

    private static Limit tenant(int id, Measure measure, Period period, long amount) {
        return Sample.limit(id, measure, period, amount);
    }

    private static Limit limit(int id, Level level, UUID subject, Measure measure, Period period, long amount) {
        return new Limit(
                new UUID(7, id),
                level,
                subject,
                Optional.empty(),
                measure,
                period,
                amount,
                OptionalInt.empty(),
                ZoneOffset.UTC,
                List.of());
    }
}
