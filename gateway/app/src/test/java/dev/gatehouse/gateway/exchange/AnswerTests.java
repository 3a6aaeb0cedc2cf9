package dev.gatehouse.gateway.exchange;

import static dev.gatehouse.gateway.exchange.Samples.PART;
import static dev.gatehouse.gateway.exchange.Samples.PRICE;
import static dev.gatehouse.gateway.exchange.Samples.USED;
import static dev.gatehouse.gateway.exchange.Samples.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.audit.Outcome;
import dev.gatehouse.gateway.backend.Transcript;
import dev.gatehouse.gateway.backend.Turn;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Tariff;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTests {

    private static final Turn ENDED = new Turn.Ended(USED, Reason.STOP);

    private final Rooms rooms = new Rooms();

    @Test
    void grantsMoreEachTimeTheAnswerNeedsMore() {
        assertThat(after(new Turn.NeedsMore(256), new Turn.NeedsMore(512), ENDED))
                .containsExactly(
                        "open worker-1 1", "grant 512", "grant 768", "conclude COMPLETED", "settle", "release");
    }

    @Test
    void triesTheNextNodeWhenOneIsLostBeforeTheClientSawAnything() {
        List<String> events =
                after(ScriptedFlow.of(Turn.Lost.unseen(problem(Code.UPSTREAM_LOST))), ScriptedFlow.of(ENDED));
        assertThat(events)
                .containsExactly(
                        "open worker-1 1", "stop LOST", "open worker-2 2", "conclude COMPLETED", "settle", "release");
    }

    @Test
    void chargesEachAttemptInOrderAndALostOneNothing() {
        after(ScriptedFlow.of(Turn.Lost.unseen(problem(Code.UPSTREAM_LOST))), ScriptedFlow.of(ENDED));
        assertThat(rooms.outcome().attempts()).containsExactly(waived(1, PART), attempt(2, USED));
    }

    @Test
    void triesNobodyElseOnceTheClientHasSeenSomething() {
        List<String> events = after(ScriptedFlow.of(lost(Optional.empty())), ScriptedFlow.of(ENDED));
        assertThat(events)
                .containsExactly("open worker-1 1", "stop LOST", "conclude FAILED", "settle", "fail UPSTREAM_LOST");
        assertThat(rooms.outcome().attempts()).containsExactly(waived(1, PART));
        assertThat(rooms.outcome().code()).contains(Code.UPSTREAM_LOST);
    }

    @Test
    void goesOnAtANodeThatCanContinueWhenOneIsLostInTheMiddle() {
        Transcript seen = new Transcript(new int[] {7, 8}, 5, new NoFilters(), 1);
        List<String> events = after(
                ScriptedFlow.of(lost(Optional.of(seen))),
                ScriptedFlow.of(new Turn.Refused(problem(Code.NODE_BUSY))),
                ScriptedFlow.of(ENDED));
        assertThat(events)
                .containsExactly(
                        "open worker-1 1",
                        "stop LOST",
                        "resume worker-2 2 after 2",
                        "resume worker-3 3 after 2",
                        "conclude COMPLETED",
                        "settle",
                        "release");
        assertThat(rooms.outcome().attempts())
                .containsExactly(waived(1, PART), waived(2, Usage.NONE), attempt(3, USED));
    }

    @Test
    void goesOnWithAllThatHasBeenSeenWhenTheNextNodeIsLostToo() {
        Turn first = lost(Optional.of(new Transcript(new int[] {7, 8}, 5, new NoFilters(), 1)));
        Turn second = lost(Optional.of(new Transcript(new int[] {7, 8, 9}, 6, new NoFilters(), 1)));
        assertThat(after(ScriptedFlow.of(first), ScriptedFlow.of(second), ScriptedFlow.of(ENDED)))
                .containsSubsequence("resume worker-2 2 after 2", "stop LOST", "resume worker-3 3 after 3", "release");
    }

    @Test
    void failsWhenNoNodeCanContinueWhatWasSeen() {
        rooms.continuing = false;
        Turn lost = lost(Optional.of(new Transcript(new int[] {7}, 5, new NoFilters(), 1)));
        assertThat(after(ScriptedFlow.of(lost), ScriptedFlow.of(ENDED)))
                .containsExactly("open worker-1 1", "stop LOST", "conclude FAILED", "settle", "fail UPSTREAM_LOST");
    }

    @Test
    void asksForRoomBeforeItGoesOnCloseToItsCap() {
        int[] ids = new int[200];
        after(ScriptedFlow.of(lost(Optional.of(new Transcript(ids, 5, new NoFilters(), 1)))), ScriptedFlow.of(ENDED));
        assertThat(rooms.dispatches.getLast().held().granted()).isEqualTo(512);
    }

    @Test
    void failsWhenTheLastNodeIsLost() {
        Turn lost = Turn.Lost.unseen(problem(Code.UPSTREAM_LOST));
        assertThat(after(ScriptedFlow.of(lost), ScriptedFlow.of(lost)))
                .containsExactly(
                        "open worker-1 1",
                        "stop LOST",
                        "open worker-2 2",
                        "stop LOST",
                        "conclude FAILED",
                        "settle",
                        "fail UPSTREAM_LOST");
        assertThat(rooms.outcome().attempts()).hasSize(2);
    }

    @Test
    void triesTheNextNodeWhenOneIsBusy() {
        assertThat(after(ScriptedFlow.of(new Turn.Refused(problem(Code.NODE_BUSY))), ScriptedFlow.of(ENDED)))
                .containsExactly("open worker-1 1", "open worker-2 2", "conclude COMPLETED", "settle", "release");
        assertThat(rooms.outcome().attempts().getFirst()).isEqualTo(waived(1, Usage.NONE));
    }

    @Test
    void refusesWhenTheLastNodeRefuses() {
        assertThat(after(new Turn.Refused(problem(Code.NODE_BUSY))))
                .containsExactly("open worker-1 1", "conclude REFUSED", "settle", "fail NODE_BUSY");
    }

    @ParameterizedTest
    @EnumSource(names = {"CONTEXT_LENGTH", "UPSTREAM_REFUSED", "INVALID_VALUE"})
    void aCallersMistakeIsOneEverywhere(Code mistake) {
        assertThat(after(ScriptedFlow.of(new Turn.Refused(problem(mistake))), ScriptedFlow.of(ENDED)))
                .containsExactly("open worker-1 1", "conclude REFUSED", "settle", "fail " + mistake);
    }

    @Test
    void chargesWhatWasGeneratedWhenTheGuardCutsTheAnswer() {
        RuleId rule = new RuleId("pii.payment-card");
        assertThat(after(new Turn.Cut(rule)))
                .containsExactly("open worker-1 1", "stop CUT", "conclude CUT", "settle", "release");
        assertThat(rooms.outcome().attempts()).containsExactly(attempt(1, PART));
        assertThat(rooms.outcome().rule()).contains(rule);
        assertThat(rooms.outcome().reason()).contains("content_filter");
        assertThat(rooms.outcome().code()).contains(Code.CONTENT_POLICY);
    }

    @Test
    void chargesWhatWasGeneratedWhenTheClientLeaves() {
        assertThat(after(new Turn.Left(Cause.CLIENT_GONE)))
                .startsWith("open worker-1 1", "stop CLIENT_GONE", "conclude LEFT", "settle");
        assertThat(rooms.outcome().attempts()).containsExactly(attempt(1, PART));
        assertThat(rooms.outcome().reason()).contains("client_gone");
        assertThat(rooms.outcome().code()).isEmpty();
    }

    @Test
    void chargesNothingToAClientThatLeftBeforeANodeWasAsked() {
        after(ScriptedFlow.of(new Turn.Left(Cause.CLIENT_GONE)).unasked());
        assertThat(rooms.outcome().attempts()).containsExactly(waived(1, PART));
        assertThat(rooms.outcome().attempts().getFirst().charge().nano()).isZero();
    }

    @Test
    void keepsWhatItCostBesideWhatIsOwed() {
        rooms.tariff = new Tariff(3_600_000_000L);
        Usage used = new Usage(14, 4, 22, 16, new Meters(5, 20, 60, 4, 20, 0, OptionalDouble.empty()), true);
        after(new Turn.Ended(used, Reason.STOP));
        Charge charge = rooms.outcome().attempts().getFirst().charge();
        assertThat(charge.cost()).isEqualTo(20_000);
        assertThat(charge.nano()).isEqualTo(PRICE.of(used));
    }

    @Test
    void tellsAClientThatItsDeadlineHasPassed() {
        assertThat(after(new Turn.Left(Cause.DEADLINE)))
                .containsExactly("open worker-1 1", "stop DEADLINE", "conclude LEFT", "settle", "fail DEADLINE");
        assertThat(rooms.outcome().code()).contains(Code.DEADLINE);
    }

    @Test
    void triesNobodyElseForAClientThatHasLeft() {
        List<String> events = after(ScriptedFlow.of(new Turn.Left(Cause.CLIENT_GONE)), ScriptedFlow.of(ENDED));
        assertThat(events).doesNotContain("open worker-2 2");
    }

    @Test
    void withholdsWhatTheGuardCutWhenItsOutcomeIsNotDurable() {
        rooms.concluding = () -> false;
        assertThat(after(new Turn.Cut(new RuleId("pii.payment-card"))))
                .endsWith("conclude CUT", "settle", "fail AUDIT_UNAVAILABLE");
    }

    @Test
    void aFailureIsToldAlsoWhenItsOutcomeIsNotDurable() {
        rooms.concluding = () -> false;
        assertThat(after(new Turn.Refused(problem(Code.NODE_BUSY))))
                .endsWith("conclude REFUSED", "settle", "fail NODE_BUSY");
    }

    @Test
    void stopsAndCountsAnAnswerThatCanNotBeGrantedMore() {
        List<String> events = after(ScriptedFlow.of(new Turn.NeedsMore(256)).onGrant(() -> {
            throw Samples.fault(Code.DATABASE_UNAVAILABLE);
        }));
        assertThat(events)
                .containsExactly(
                        "open worker-1 1",
                        "grant 512",
                        "stop LOST",
                        "conclude FAILED",
                        "settle",
                        "client DATABASE_UNAVAILABLE");
        assertThat(rooms.outcome().attempts()).containsExactly(waived(1, PART));
    }

    /** What happens from the first dispatch on. */
    private List<String> after(Turn... turns) {
        return after(ScriptedFlow.of(turns));
    }

    private List<String> after(ScriptedFlow... flows) {
        rooms.answering(flows).run();
        return rooms.events.subList(rooms.events.indexOf("open worker-1 1"), rooms.events.size());
    }

    private static Turn lost(Optional<Transcript> seen) {
        return new Turn.Lost(problem(Code.UPSTREAM_LOST), true, seen);
    }

    private static final class NoFilters implements Filters {

        @Override
        public Passed pass(List<Span> spans) {
            return new Passed.Clear(spans);
        }

        @Override
        public Passed finish() {
            return new Passed.Clear(List.of());
        }
    }

    private static Outcome.Attempt attempt(int number, Usage usage) {
        return new Outcome.Attempt("worker-" + number, new Charge(number, usage, PRICE));
    }

    private static Outcome.Attempt waived(int number, Usage usage) {
        return new Outcome.Attempt("worker-" + number, new Charge(number, usage, PRICE).waived());
    }
}
