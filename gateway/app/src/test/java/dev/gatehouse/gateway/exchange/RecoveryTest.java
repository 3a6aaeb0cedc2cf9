package dev.gatehouse.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.Time;
import dev.gatehouse.gateway.audit.Audit;
import dev.gatehouse.gateway.audit.Doubt;
import dev.gatehouse.gateway.audit.Intent;
import dev.gatehouse.gateway.audit.Orphan;
import dev.gatehouse.gateway.audit.Orphans;
import dev.gatehouse.gateway.audit.Outcome;
import dev.gatehouse.gateway.audit.Pending;
import dev.gatehouse.gateway.backend.Recalled;
import dev.gatehouse.gateway.backend.Recollection;
import dev.gatehouse.gateway.metering.Corrections;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Tariff;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RecoveryTest {

    private static final Instant DEATH = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final ExchangeProperties PROPERTIES = new ExchangeProperties(PATIENCE, Duration.ofSeconds(30));
    private static final Recalled SILENCE = new Recalled(List.of(), false);
    private static final Recalled NOTHING = new Recalled(List.of(), true);
    private static final Recalled ONE_ATTEMPT = new Recalled(
            List.of(new Recalled.Attempt(new NodeName("worker-1"), 1, "disconnected", Usage.atLeast(7))), true);

    private final Time time = new Time(DEATH);
    private final Books books = new Books();
    private volatile Recalled memory = SILENCE;
    private final Recovery recovery = recovery(ticket -> memory);

    /** An audit of which only recovery's side is used. */
    private static final class Books implements Audit, Corrections {

        final List<Doubt> doubts = new CopyOnWriteArrayList<>();
        final List<Corrections.Request> corrected = new CopyOnWriteArrayList<>();
        final List<Corrections.Dispatched> dispatched = new CopyOnWriteArrayList<>();

        final List<Orphan> open = new CopyOnWriteArrayList<>();
        final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        volatile boolean away;
        volatile boolean full;

        @Override
        public Pending intend(Intent intent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Boolean> concluding(Outcome outcome, Duration deadline, Consumer<Outcome> recorded) {
            outcomes.add(outcome);
            return CompletableFuture.completedFuture(
                    !full && open.removeIf(orphan -> orphan.ticket().intent().equals(outcome.intent())));
        }

        @Override
        public List<Orphan> orphans() {
            if (away) {
                throw new Fault(Problem.of(Code.DATABASE_UNAVAILABLE, "away, on purpose"));
            }
            return List.copyOf(open);
        }

        @Override
        public List<Doubt> doubts() {
            return List.copyOf(doubts);
        }

        @Override
        public boolean correct(Corrections.Request request, List<Corrections.Dispatched> all) {
            corrected.add(request);
            dispatched.addAll(all);
            return doubts.removeIf(doubt -> doubt.request().ticket().intent().equals(request.id()));
        }

        List<Outcome.Kind> kinds() {
            return outcomes.stream().map(Outcome::kind).toList();
        }
    }

    @Test
    void waitsForNodesThatComeBackAfterALongOutage() {
        books.open.add(Orphans.at(DEATH));
        time.pass(PATIENCE.multipliedBy(10));
        recovery.pass();
        assertThat(books.outcomes).isEmpty();

        time.pass(Duration.ofSeconds(5));
        memory = ONE_ATTEMPT;
        recovery.pass();
        assertThat(books.outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RECOVERED);
            assertThat(outcome.attempts()).hasSize(1);
            assertThat(outcome.reason()).contains("disconnected");
        });
    }

    @Test
    void givesUpOnNodesThatItCouldNotAskForTenMinutes() {
        books.open.add(Orphans.at(DEATH));
        recovery.pass();
        time.pass(PATIENCE);
        recovery.pass();
        assertThat(books.outcomes).isEmpty();
        time.pass(Duration.ofSeconds(1));
        recovery.pass();
        assertThat(books.kinds()).containsExactly(Outcome.Kind.UNKNOWN);
    }

    @Test
    void saysThatNothingWasDispatchedWhenEveryNodeHasNothing() {
        books.open.add(Orphans.at(DEATH));
        memory = NOTHING;
        recovery.pass();
        assertThat(books.kinds()).containsExactly(Outcome.Kind.NOT_DISPATCHED);
    }

    @Test
    void doesNotTrustTheSilenceOfNodesThatMayHaveForgotten() {
        books.open.add(Orphans.at(DEATH));
        books.open.add(Orphans.at(DEATH));
        time.pass(Duration.ofHours(24));
        memory = NOTHING;
        recovery.pass();
        assertThat(books.kinds()).containsExactly(Outcome.Kind.UNKNOWN, Outcome.Kind.UNKNOWN);
    }

    @Test
    void goesOnWhenTheDatabaseIsBack() {
        books.open.add(Orphans.at(DEATH));
        memory = NOTHING;
        books.away = true;
        recovery.pass();
        books.away = false;
        recovery.pass();
        assertThat(books.outcomes).hasSize(1);
    }

    @Test
    void endsAPassWhenOutcomesDoNotBecomeDurable() {
        books.open.add(Orphans.at(DEATH));
        books.open.add(Orphans.at(DEATH));
        memory = NOTHING;
        books.full = true;
        recovery.pass();
        assertThat(books.outcomes).hasSize(1);
    }

    @Test
    void correctsWhatWasUnknownOnceItsNodeIsBack() {
        Orphan request = Orphans.at(DEATH);
        books.doubts.add(new Doubt(request, true));
        recovery.pass();
        assertThat(books.corrected).isEmpty();

        memory = ONE_ATTEMPT;
        time.pass(Duration.ofMinutes(1));
        recovery.pass();
        time.pass(Duration.ofMinutes(1));
        recovery.pass();

        assertThat(books.corrected)
                .containsExactly(new Corrections.Request(
                        request.ticket().intent(), request.caller(), request.model(), Orphans.START, true));
        assertThat(books.dispatched).singleElement().satisfies(one -> {
            assertThat(one.node()).isEqualTo("worker-1");
            assertThat(one.charge().usage().completion()).isEqualTo(7);
            assertThat(one.charge().due()).isTrue();
        });
    }

    @Test
    void holdsUpNobodyWhileANodeIsSlow() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        books.open.add(Orphans.at(DEATH));
        Recovery slow = recovery(ticket -> {
            asked.countDown();
            awaitUninterruptibly(answer);
            return NOTHING;
        });
        slow.start();
        awaitUninterruptibly(asked);
        assertThat(slow.isRunning()).isTrue();
        answer.countDown();
        await().until(() -> books.outcomes.size() == 1);
        slow.stop();
        assertThat(slow.isRunning()).isFalse();
    }

    private Recovery recovery(Recollection.Inquiry nodes) {
        PricedCatalog catalog = new PricedCatalog(Samples.PRICE, Tariff.NONE);
        Amendments amendments = new Amendments(books, () -> nodes, catalog, books, time, PROPERTIES);
        return new Recovery(books, () -> nodes, catalog, time, amendments, PROPERTIES);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
