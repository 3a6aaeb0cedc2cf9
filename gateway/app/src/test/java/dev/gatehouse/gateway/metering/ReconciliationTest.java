package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.Time;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ReconciliationTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:30:00Z");
    private static final NodeName ONE = new NodeName("worker-1");
    private static final NodeName OTHER = new NodeName("worker-2");
    private static final Usage USED = new Usage(14, 4, 22, 16, Meters.NONE, true);
    private static final Usage LESS = new Usage(14, 4, 21, 16, Meters.NONE, true);

    private final FakeBooks books = new FakeBooks();
    private final Reconciliation reconciliation = new Reconciliation(books, books, new Time(NOW));

    @Test
    void findsNoDifferenceWhereEverySumAgrees() {
        books.nodes.add(ONE);
        for (int minute = 10; minute < 500; minute++) {
            both(minute, USED);
        }
        Report report = reconcile();
        assertThat(report.differences()).isZero();
        assertThat(report.complete()).isTrue();
        assertThat(report.until()).isEqualTo(NOW.minus(Duration.ofMinutes(2)));
        assertThat(report.nodes()).hasSize(24);
        assertThat(report.nodes().stream()
                        .mapToLong(hour -> hour.ledger().completion())
                        .sum())
                .isEqualTo(490 * 22);
    }

    @Test
    void findsAmongManyTheRequestsThatANodeRemembersOtherwise() {
        books.nodes.add(ONE);
        for (int second = 0; second < 1_500; second++) {
            IntentId request = arrived(Duration.ofMinutes(40).plusSeconds(second), true);
            write(request, USED);
            remember(request, second == 700 ? LESS : USED);
        }
        IntentId unwritten = arrived(Duration.ofMinutes(41), true);
        remember(unwritten, USED);

        Report report = reconcile();

        assertThat(report.differences()).isEqualTo(1);
        assertThat(report.nodes())
                .filteredOn(Report.NodeHour::differs)
                .singleElement()
                .satisfies(hour -> {
                    assertThat(hour.requests()).hasSize(2);
                    assertThat(hour.requests())
                            .filteredOn(request -> request.request().equals(unwritten.value()))
                            .singleElement()
                            .satisfies(request ->
                                    assertThat(request.ledger().completion()).isZero());
                });
        assertThat(books.questions).isLessThan(24 + 256);
    }

    @Test
    void takesWhatIsStillOpenForNoDifference() {
        books.nodes.add(ONE);
        remember(arrived(Duration.ofMinutes(3), false), USED);
        assertThat(reconcile().differences()).isZero();
    }

    @Test
    void saysWhichNodeDidNotAnswer() {
        both(5, USED);
        both(90, USED);
        books.silent.add(ONE);
        books.nodes.add(OTHER);
        Report report = reconcile();
        assertThat(report.differences()).isZero();
        assertThat(report.complete()).isFalse();
        assertThat(report.nodes())
                .filteredOn(hour -> hour.recorded() == null)
                .extracting(Report.NodeHour::node)
                .containsOnly("worker-1");
        assertThat(books.asked.get(ONE)).isEqualTo(1);
    }

    @Test
    void countsAnOutcomeThatTheLedgerContradicts() {
        IntentId request = arrived(Duration.ofMinutes(5), true);
        Report.Tokens none = new Report.Tokens(0, 0, 0, 0);
        books.mismatches.add(new Report.Mismatch(request.value(), none, 0, none, 7));
        assertThat(reconcile().differences()).isEqualTo(1);
    }

    @Test
    void waitsForWhatIsOnItsWayToABudget() {
        books.budgets.add(List.of(budget(100, 90, 5)));
        books.budgets.add(List.of(budget(100, 100, 0)));
        assertThat(reconcile().differences()).isZero();

        books.budgets.clear();
        books.budgets.add(List.of(budget(100, 90, 5), budget(95, 90, 5), budget(89, 90, 5)));
        assertThat(reconcile().budgets()).extracting(Report.BudgetSum::differs).containsExactly(true, false, true);
    }

    @Test
    void refusesATimeThatNodesDoNotRemember() {
        assertThatThrownBy(
                        () -> reconciliation.reconcile(Optional.of(NOW.minus(Duration.ofHours(24))), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reconciliation.reconcile(Optional.of(NOW), Optional.of(NOW)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Report.BudgetSum budget(long charged, long spent, long leased) {
        return Report.BudgetSum.of(new UUID(0, 1), Instant.EPOCH, NOW, charged, spent, leased);
    }

    private Report reconcile() {
        return reconciliation.reconcile(Optional.empty(), Optional.empty());
    }

    private void both(int minutesAgo, Usage usage) {
        IntentId request = arrived(Duration.ofMinutes(minutesAgo), true);
        write(request, usage);
        remember(request, usage);
    }

    private void write(IntentId request, Usage usage) {
        books.ledger.add(new FakeBooks.Line(request, ONE, usage));
    }

    private void remember(IntentId request, Usage usage) {
        books.remembered.add(new FakeBooks.Line(request, ONE, usage));
    }

    private IntentId arrived(Duration ago, boolean concluded) {
        IntentId request = IntentId.next(Clock.fixed(NOW.minus(ago), ZoneOffset.UTC));
        books.intents.put(request, concluded);
        return request;
    }
}
