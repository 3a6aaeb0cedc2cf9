package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.Time;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class NightlyReconciliationTest {

    private static final Instant EVENING = Instant.parse("2026-11-24T22:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-11-25T02:00:00Z");

    private final Time time = new Time(EVENING);
    private final FakeBooks books = new FakeBooks();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<Instant> begun = new ArrayList<>();
    private boolean ours = true;
    private boolean away;

    private final List<Report> told = new ArrayList<>();
    private final NightlyReconciliation nightly = new NightlyReconciliation(
            new Reconciliation(books, books, time), this::begin, told::add, time, JsonMapper.shared(), metrics);

    private boolean begin(Instant night) {
        if (away) {
            throw new Fault(Problem.of(Code.DATABASE_UNAVAILABLE, "away, on purpose"));
        }
        begun.add(night);
        return ours;
    }

    @Test
    void reconcilesOnceANightAndTellsHowManyPlacesDiffer() {
        nightly.look();
        assertThat(begun).isEmpty();

        differ();
        time.pass(Duration.ofHours(4));
        nightly.look();
        nightly.look();

        assertThat(begun).containsExactly(NIGHT);
        assertThat(differences()).isEqualTo(1);
        assertThat(told).map(Report::differences).containsExactly(1L);
    }

    @Test
    void leavesTheNightToTheGatewayThatBeganIt() {
        ours = false;
        differ();
        time.pass(Duration.ofHours(4));
        nightly.look();
        assertThat(differences()).isZero();
    }

    @Test
    void triesAgainWhenTheDatabaseWasAway() {
        time.pass(Duration.ofHours(4));
        away = true;
        nightly.look();
        away = false;
        differ();
        nightly.look();
        assertThat(differences()).isEqualTo(1);
    }

    private void differ() {
        Report.Tokens none = new Report.Tokens(0, 0, 0, 0);
        long high = NIGHT.minus(Duration.ofHours(3)).toEpochMilli() << 16 | 0x7000;
        books.mismatches.add(new Report.Mismatch(new UUID(high, Long.MIN_VALUE), none, 0, none, 7));
    }

    private double differences() {
        return metrics.get("gatehouse.reconcile.differences").gauge().value();
    }
}
