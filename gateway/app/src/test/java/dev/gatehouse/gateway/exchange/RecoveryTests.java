package dev.gatehouse.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.audit.Audit;
import dev.gatehouse.gateway.audit.Intent;
import dev.gatehouse.gateway.audit.Orphan;
import dev.gatehouse.gateway.audit.Outcome;
import dev.gatehouse.gateway.audit.Pending;
import dev.gatehouse.gateway.audit.TicketFixture;
import dev.gatehouse.gateway.backend.Recalled;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Price;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RecoveryTests {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Map<IntentId, Supplier<Recalled>> remembered = new HashMap<>();
    private final List<IntentId> asked = new ArrayList<>();
    private final OrphanAudit audit = new OrphanAudit();
    private final Recovery recovery = new Recovery(
            audit,
            ticket -> {
                asked.add(ticket.intent());
                return Objects.requireNonNull(remembered.get(ticket.intent())).get();
            },
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void anIntentThatNoNodeKnowsWasNotDispatched() {
        IntentId intent = orphan(Duration.ofSeconds(3), new Recalled(List.of(), true));
        recovery.run();
        Outcome outcome = audit.outcomes.getFirst();
        assertThat(outcome.intent()).isEqualTo(intent);
        assertThat(outcome.caller()).isEqualTo(Samples.CALLER);
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.NOT_DISPATCHED);
        assertThat(outcome.attempts()).isEmpty();
        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.totalMs()).isEqualTo(3_000);
    }

    @Test
    void anIntentIsClosedFromTheRecordsOfItsNodesAndNotCharged() {
        orphan(Duration.ofSeconds(3), new Recalled(List.of(attempt(1, "lost"), attempt(2, "stop")), true));
        recovery.run();
        Outcome outcome = audit.outcomes.getFirst();
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RECOVERED);
        assertThat(outcome.reason()).contains("stop");
        assertThat(outcome.attempts())
                .containsExactly(
                        new Outcome.Attempt("worker-1", new Charge(1, Samples.USED, Price.FREE)),
                        new Outcome.Attempt("worker-2", new Charge(2, Samples.USED, Price.FREE)));
    }

    @Test
    void waitsForANodeThatCanNotBeAsked() {
        orphan(PATIENCE, new Recalled(List.of(attempt(1, "stop")), false));
        recovery.run();
        assertThat(asked).hasSize(1);
        assertThat(audit.outcomes).isEmpty();
    }

    @Test
    void afterTenMinutesAnIntentIsClosedWithWhatIsKnown() {
        orphan(PATIENCE.plusMillis(1), new Recalled(List.of(attempt(1, "stop")), false));
        recovery.run();
        assertThat(audit.outcomes.getFirst().kind()).isEqualTo(Outcome.Kind.UNKNOWN);
        assertThat(audit.outcomes.getFirst().attempts()).hasSize(1);
    }

    @Test
    void anIntentOfWhichAllIsKnownIsNotUnknownHoweverOldItIs() {
        orphan(PATIENCE.multipliedBy(2), new Recalled(List.of(), true));
        recovery.run();
        assertThat(audit.outcomes.getFirst().kind()).isEqualTo(Outcome.Kind.NOT_DISPATCHED);
    }

    @Test
    void waitsQuietlyWhileTheDatabaseIsAway() {
        audit.away = true;
        recovery.run();
        assertThat(audit.outcomes).isEmpty();
        audit.away = false;
        orphan(Duration.ofSeconds(3), new Recalled(List.of(), true));
        recovery.run();
        assertThat(audit.outcomes).hasSize(1);
    }

    @Test
    void anIntentThatCanNotBeClosedDoesNotHinderTheOthers() {
        IntentId first = orphan(Duration.ofSeconds(4), new Recalled(List.of(), true));
        remembered.put(first, () -> {
            throw new IllegalStateException("a record that makes no sense");
        });
        IntentId second = orphan(Duration.ofSeconds(3), new Recalled(List.of(), true));
        recovery.run();
        assertThat(audit.outcomes).extracting(Outcome::intent).containsExactly(second);
    }

    private IntentId orphan(Duration age, Recalled recalled) {
        IntentId intent = IntentId.next(Clock.fixed(NOW.minus(age), ZoneOffset.UTC));
        remembered.put(intent, () -> recalled);
        audit.orphans.add(new Orphan(TicketFixture.of(intent), Samples.CALLER, Samples.WORK.model()));
        return intent;
    }

    private static Recalled.Attempt attempt(int number, String reason) {
        return new Recalled.Attempt(new NodeName("worker-" + number), number, reason, Samples.USED);
    }

    private static final class OrphanAudit implements Audit {
        private final List<Orphan> orphans = new ArrayList<>();
        private final List<Outcome> outcomes = new ArrayList<>();
        private boolean away;

        @Override
        public Pending intend(Intent intent) {
            throw new AssertionError("recovery intends nothing");
        }

        @Override
        public boolean conclude(Outcome outcome, Duration deadline) {
            outcomes.add(outcome);
            return true;
        }

        @Override
        public List<Orphan> orphans() {
            if (away) {
                throw Samples.fault(Code.DATABASE_UNAVAILABLE);
            }
            return List.copyOf(orphans);
        }
    }
}
