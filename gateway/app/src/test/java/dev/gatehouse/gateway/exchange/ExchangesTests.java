package dev.gatehouse.gateway.exchange;

import static dev.gatehouse.gateway.exchange.Samples.fault;
import static dev.gatehouse.gateway.exchange.Samples.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.audit.Intent;
import dev.gatehouse.gateway.audit.Outcome;
import dev.gatehouse.gateway.audit.Outcomes;
import dev.gatehouse.gateway.backend.Dispatch;
import dev.gatehouse.gateway.backend.Turn;
import dev.gatehouse.gateway.guard.ScreenedFixture;
import dev.gatehouse.gateway.guard.Verdict;
import dev.gatehouse.gateway.quota.Admission;
import dev.gatehouse.gateway.quota.Demand;
import dev.gatehouse.gateway.quota.ReservationFixture;
import dev.gatehouse.gateway.routing.Plan;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangesTests {

    private static final RuleId RULE = new RuleId("pii.payment-card");
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final Rooms rooms = new Rooms().answering(completed());

    @Test
    void asksTheRoomsInOrderAndOpensLast() {
        rooms.run();
        assertThat(rooms.events)
                .containsExactly(
                        "admit",
                        "intend",
                        "screen",
                        "plan",
                        "durable",
                        "open worker-1 1",
                        "conclude COMPLETED",
                        "settle",
                        "release");
    }

    @Test
    void recordsWhoAsksWhatBeforeAnythingElseLooksAtIt() {
        rooms.run();
        assertThat(rooms.intents)
                .containsExactly(new Intent(
                        rooms.arrival.id(),
                        Samples.CALLER,
                        Dialect.OPENAI,
                        Samples.WORK.model(),
                        Samples.WORK.bound(),
                        "127.0.0.1",
                        EMPTY));
    }

    @Test
    void dispatchesWhatWasScreenedUnderTheTicketOfThisIntent() {
        rooms.run();
        Dispatch dispatch = rooms.dispatches.getFirst();
        assertThat(dispatch.ticket().intent()).isEqualTo(rooms.arrival.id());
        assertThat(dispatch.what().policy()).isEqualTo(ScreenedFixture.POLICY);
        assertThat(dispatch.held().granted()).isEqualTo(256);
    }

    @Test
    void aCallerOverTheLimitIsToldAndNothingIsRecorded() {
        Standing.Room none = new Standing.Room(10, 0, Duration.ofSeconds(6));
        rooms.quota = () ->
                new Admission.Limited(problem(Code.RATE_LIMITED), new Standing(Optional.of(none), Optional.empty()));
        rooms.run();
        assertThat(rooms.events).containsExactly("admit", "standing 0", "client RATE_LIMITED");
        assertThat(rooms.counted("limited", "rate_limit_exceeded")).isEqualTo(1);
    }

    @Test
    void asksForTheDearestThatTheModelCouldCost() {
        rooms.run();
        assertThat(rooms.demands)
                .containsExactly(new Demand(Samples.WORK.model(), Samples.WORK.bound(), Samples.PRICE));
    }

    @Test
    void opensNothingForAnIntentThatDoesNotBecomeDurable() {
        rooms.durable = () -> {
            throw fault(Code.AUDIT_UNAVAILABLE);
        };
        rooms.run();
        assertThat(rooms.events)
                .containsExactly("admit", "intend", "screen", "plan", "durable", "settle", "client AUDIT_UNAVAILABLE");
        assertThat(rooms.counted("unaudited", "audit_unavailable")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUDIT_UNAVAILABLE", "SHUTTING_DOWN"})
    void goesNoFurtherWhenTheAuditTakesNoIntent(Code code) {
        rooms.intending = () -> {
            throw fault(code);
        };
        rooms.run();
        assertThat(rooms.events).containsExactly("admit", "intend", "settle", "client " + code);
        assertThat(rooms.counted("unaudited", code.wire())).isEqualTo(1);
    }

    @Test
    void aBlockedRequestIsRecordedWithItsRuleAndRoutedNowhere() {
        rooms.guard = work -> new Verdict.Blocked(
                RULE, ScreenedFixture.POLICY, ScreenedFixture.COVERAGE, problem(Code.CONTENT_POLICY));
        rooms.run();
        assertThat(rooms.events)
                .containsExactly("admit", "intend", "screen", "conclude REFUSED", "settle", "client CONTENT_POLICY");
        assertThat(rooms.outcome().rule()).contains(RULE);
        assertThat(rooms.outcome().code()).contains(Code.CONTENT_POLICY);
        assertThat(rooms.outcome().policy()).isEqualTo(ScreenedFixture.POLICY.value());
        assertThat(rooms.outcome().coverage()).isEqualTo(ScreenedFixture.COVERAGE.json());
    }

    @Test
    void aRequestThatNothingCanAnswerIsRefused() {
        rooms.routing = () -> new Plan.NoRoute(problem(Code.NO_NODE));
        rooms.run();
        assertThat(rooms.events)
                .containsExactly("admit", "intend", "screen", "plan", "conclude REFUSED", "settle", "client NO_NODE");
        assertThat(rooms.outcome().attempts()).isEmpty();
        assertThat(rooms.outcome().firstTokenMs()).isNegative();
    }

    @Test
    void saysOfACompleteAnswerWhatItUsedAndWhenItBegan() {
        long second = rooms.arrival.nanos() + 1_000_000_000;
        rooms.answering(completed().firstTokenAt(second)).run();
        Outcome outcome = rooms.outcome();
        assertThat(outcome.intent()).isEqualTo(rooms.arrival.id());
        assertThat(outcome.caller()).isEqualTo(Samples.CALLER);
        assertThat(outcome.reason()).contains("stop");
        assertThat(outcome.code()).isEmpty();
        assertThat(outcome.firstTokenMs()).isEqualTo(1_000);
        assertThat(outcome.totalMs()).isPositive();
        assertThat(outcome.policy()).isEqualTo(ScreenedFixture.POLICY.value());
        assertThat(rooms.counted("completed", "none")).isEqualTo(1);
    }

    @Test
    void withholdsTheEndOfAnAnswerWhoseOutcomeIsNotDurable() {
        rooms.concluding = () -> false;
        rooms.run();
        assertThat(rooms.events).endsWith("conclude COMPLETED", "settle", "fail AUDIT_UNAVAILABLE");
    }

    @Test
    void countsAgainstALimitWhatTheLogSaysAndNotWhatWasToBeSaid() {
        List<Long> settled = new ArrayList<>();
        rooms.quota = () -> new Admission.Admitted(
                ReservationFixture.settling(Samples.WORK.bound(), settled::add), Standing.UNLIMITED);
        rooms.recording = Outcomes::withheld;
        rooms.concluding = () -> false;
        rooms.run();
        assertThat(rooms.outcome().attempts().getFirst().charge().nano()).isPositive();
        assertThat(settled).containsExactly(0L);
    }

    @Test
    void aFaultOfTheGuardOrTheRoutingIsRecordedAndTold() {
        rooms.guard = work -> {
            throw fault(Code.DATABASE_UNAVAILABLE);
        };
        rooms.run();
        assertThat(rooms.events)
                .containsExactly(
                        "admit", "intend", "screen", "conclude FAILED", "settle", "client DATABASE_UNAVAILABLE");
        assertThat(rooms.outcome().code()).contains(Code.DATABASE_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"guard", "routing", "durable", "open"})
    void aDefectOfAnyRoomEndsTheStoryOnceAndSaysNothingOfItsInside(String room) {
        broken(room).accept(rooms);
        rooms.run();
        assertThat(rooms.events).endsWith("conclude FAILED", "settle", "client INTERNAL");
        assertThat(rooms.outcomes).hasSize(1);
        assertThat(rooms.outcome().code()).contains(Code.INTERNAL);
    }

    private static Consumer<Rooms> broken(String room) {
        IllegalStateException defect = new IllegalStateException("a defect of " + room);
        return switch (room) {
            case "guard" -> rooms -> rooms.guard = work -> raise(defect);
            case "routing" -> rooms -> rooms.routing = () -> raise(defect);
            case "durable" -> rooms -> rooms.durable = () -> raise(defect);
            case "open" -> rooms -> rooms.opening = () -> raise(defect);
            default -> throw new IllegalArgumentException(room);
        };
    }

    private static <T> T raise(RuntimeException defect) {
        throw defect;
    }

    @Test
    void aStoryThatWasConcludedIsNotConcludedAgainWhenItsClientCanNotBeTold() {
        rooms.answering(completed().onRelease(() -> {
            throw new IllegalStateException("the event loop is shut down");
        }));
        rooms.run();
        assertThat(rooms.outcomes).hasSize(1);
        assertThat(rooms.counted("completed", "none")).isEqualTo(1);
        assertThat(rooms.metrics
                        .get("gatehouse.tokens")
                        .tag("kind", "completion")
                        .counter()
                        .count())
                .isEqualTo(22);
    }

    @Test
    void aDefectOfTheAuditAtTheEndWithholdsTheAnswer() {
        rooms.concluding = () -> {
            throw new IllegalStateException("a defect of the audit");
        };
        rooms.run();
        assertThat(rooms.events)
                .endsWith("conclude COMPLETED", "settle", "client INTERNAL")
                .doesNotContain("release");
        assertThat(rooms.outcomes).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatehouse.tokens", "gatehouse.requests"})
    void metricsThatFailDoNotKeepAnAnswerBack(String name) {
        rooms.metrics.config().onMeterAdded(meter -> {
            if (meter.getId().getName().equals(name)) {
                throw new IllegalStateException("no room for " + name);
            }
        });
        rooms.run();
        assertThat(rooms.events).endsWith("conclude COMPLETED", "settle", "release");
    }

    private static ScriptedFlow completed() {
        return ScriptedFlow.of(new Turn.Ended(Samples.USED, Reason.STOP));
    }
}
