package dev.gatehouse.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.audit.AppendException.Kind;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class AuditWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration NO_PATIENCE = Duration.ZERO;
    private static final int EVER = Integer.MAX_VALUE;

    private final ScriptedAppender disk = new ScriptedAppender();
    private final AtomicInteger ends = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PostgresAudit audit = audit(disk, meters, Duration.ofMinutes(1));

    @AfterEach
    void stop() {
        disk.heal();
        disk.release();
        audit.close();
    }

    @Test
    void carriesAllThatWaitsInOneTransaction() {
        waitAtTheDisk();
        List<Pending> waiting = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            waiting.add(audit.intend(Samples.intent()));
        }
        disk.release();
        waiting.forEach(intent -> intent.await(PATIENCE));
        assertThat(disk.transactions).extracting(List::size).containsExactly(1, 512, 488);
    }

    @Test
    void carriesIntentsAndOutcomesTogether() {
        IntentId first = intended();
        waitAtTheDisk();
        Pending other = audit.intend(Samples.intent());
        CompletableFuture<Boolean> concluded =
                CompletableFuture.supplyAsync(() -> audit.conclude(Samples.completed(first), PATIENCE));
        await().atMost(PATIENCE).until(() -> queued() == 2);
        disk.release();
        other.await(PATIENCE);
        assertThat(concluded.join()).isTrue();
        assertThat(disk.transactions.getLast()).hasSize(2);
    }

    @Test
    void triesOnceMoreBeforeItFailsAnybody() {
        disk.fail(Kind.DOUBTFUL, 1);
        assertThat(intended()).isNotNull();
        assertThat(disk.outcomes()).isEmpty();
    }

    @Test
    void failsAnIntentAtOnceAndForgetsItWhenItIsCertainlyNotOnDisk() {
        disk.fail(Kind.UNREACHED, EVER);
        Intent intent = Samples.intent();
        unavailable(() -> audit.intend(intent).await(PATIENCE));
        disk.heal();
        intendedAfterRecovery();
        assertThat(disk.intents()).extracting(Entry::id).doesNotContain(intent.id());
        assertThat(disk.outcomes()).isEmpty();
        assertThat(audit.conclude(Samples.completed(intent.id()), PATIENCE)).isFalse();
    }

    @Test
    void refusesIntentsWithoutTryingWhileTheDiskIsAway() {
        disk.fail(Kind.UNREACHED, EVER);
        unavailable(() -> audit.intend(Samples.intent()).await(PATIENCE));
        int attempts = disk.attempts.get();
        unavailable(() -> audit.intend(Samples.intent()));
        assertThat(disk.attempts).hasValue(attempts);
    }

    @Test
    void closesAnIntentThatIsPerhapsOnDiskAsNotDispatched() {
        disk.commitAnyway();
        disk.fail(Kind.DOUBTFUL, EVER);
        Intent intent = Samples.intent();
        unavailable(() -> audit.intend(intent).await(PATIENCE));
        disk.heal();
        await().atMost(PATIENCE).until(() -> !disk.outcomes().isEmpty());
        assertThat(disk.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.id()).isEqualTo(intent.id());
            assertThat(outcome.row().outcome().kind()).isEqualTo(Outcome.Kind.NOT_DISPATCHED);
            assertThat(outcome.row().outcome().code()).contains(Code.AUDIT_UNAVAILABLE);
        });
    }

    @Test
    void closesAnIntentThatCameToTheDiskAfterItsCallerGaveUp() {
        disk.block();
        Intent intent = Samples.intent();
        Pending pending = audit.intend(intent);
        disk.awaitAttempt(0);
        unavailable(() -> pending.await(NO_PATIENCE));
        disk.release();
        await().atMost(PATIENCE).until(() -> !disk.outcomes().isEmpty());
        assertThat(disk.outcomes()).extracting(Entry::id).containsExactly(intent.id());
        unavailable(() -> pending.await(PATIENCE));
    }

    @Test
    void doesNotWriteAnIntentWhoseCallerGaveUpBefore() {
        waitAtTheDisk();
        Intent intent = Samples.intent();
        Pending pending = audit.intend(intent);
        unavailable(() -> pending.await(NO_PATIENCE));
        disk.release();
        intended();
        assertThat(disk.intents()).extracting(Entry::id).doesNotContain(intent.id());
    }

    @Test
    void writesOutcomesInTheirOrderOnceTheDiskIsBack() {
        List<IntentId> served = List.of(intended(), intended(), intended());
        disk.fail(Kind.UNREACHED, EVER);
        for (IntentId intent : served) {
            assertThat(audit.conclude(Samples.completed(intent), NO_PATIENCE)).isFalse();
        }
        disk.heal();
        await().atMost(PATIENCE).until(() -> disk.outcomes().size() == 3);
        assertThat(disk.outcomes()).extracting(Entry::id).containsExactlyElementsOf(served);
    }

    @Test
    void writesNoOutcomeOfAnIntentThatFailed() {
        waitAtTheDisk();
        Intent refused = Samples.intent();
        audit.intend(refused);
        CompletableFuture<Boolean> concluded =
                CompletableFuture.supplyAsync(() -> audit.conclude(Samples.completed(refused.id()), PATIENCE));
        await().atMost(PATIENCE).until(() -> queued() == 2);
        disk.fail(Kind.UNREACHED, EVER);
        disk.release();
        assertThat(concluded.join()).isFalse();
        disk.heal();
        intendedAfterRecovery();
        assertThat(disk.outcomes()).isEmpty();
    }

    @Test
    void losesThePoisonedRowsAlone() {
        waitAtTheDisk();
        List<Pending> good = new ArrayList<>();
        List<Pending> bad = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Intent intent = Samples.intent();
            boolean poison = i % 70 == 0;
            if (poison) {
                disk.poisoned.add(intent.id());
            }
            (poison ? bad : good).add(audit.intend(intent));
        }
        disk.release();
        good.forEach(intent -> intent.await(PATIENCE));
        bad.forEach(intent -> unavailable(() -> intent.await(PATIENCE)));
        assertThat(meters.counter("gatehouse.audit.rejected").count()).isEqualTo(3);
        assertThat(intended()).isNotNull();
    }

    @Test
    void refusesIntentsWhileATransactionHangs() {
        ScriptedAppender hanging = new ScriptedAppender();
        try (PostgresAudit stuck = audit(hanging, new SimpleMeterRegistry(), Duration.ofMillis(1))) {
            hanging.block();
            stuck.intend(Samples.intent());
            hanging.awaitAttempt(0);
            await().atMost(PATIENCE).untilAsserted(() -> unavailable(() -> stuck.intend(Samples.intent())));
            hanging.release();
            await().atMost(PATIENCE)
                    .ignoreException(Fault.class)
                    .until(() -> stuck.intend(Samples.intent()).await(PATIENCE) != null);
        }
    }

    @Test
    void keepsRoomForOutcomesWhenIntentsFillTheQueue() {
        IntentId served = intended();
        waitAtTheDisk();
        for (int i = 0; i < AuditQueue.INTENTS; i++) {
            audit.intend(Samples.intent());
        }
        unavailable(() -> audit.intend(Samples.intent()));
        assertThat(audit.conclude(Samples.completed(served), NO_PATIENCE)).isFalse();
        disk.release();
        await().atMost(PATIENCE).until(() -> disk.outcomes().size() == 1);
    }

    @Test
    void givesASecondOutcomeTheAnswerOfTheFirst() {
        IntentId intent = intended();
        waitAtTheDisk();
        CompletableFuture<Boolean> first =
                CompletableFuture.supplyAsync(() -> audit.conclude(Samples.completed(intent), PATIENCE));
        await().atMost(PATIENCE).until(() -> queued() == 1);
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(
                () -> audit.conclude(Samples.outcome(intent, Outcome.Kind.FAILED, ""), PATIENCE));
        disk.release();
        assertThat(first.join()).isTrue();
        second.join();
        assertThat(disk.outcomes())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.row().outcome().kind()).isEqualTo(Outcome.Kind.COMPLETED));
    }

    @Test
    void writesWhatWaitsBeforeItStops() {
        waitAtTheDisk();
        Intent last = Samples.intent();
        audit.intend(last);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(audit::close);
        disk.release();
        stopped.join();
        assertThat(disk.intents()).extracting(Entry::id).contains(last.id());
    }

    @Test
    void writesAWithheldAnswerAsFailedAndFreeOfCharge() {
        IntentId intent = intended();
        waitAtTheDisk();
        assertThat(audit.conclude(Samples.completed(intent), NO_PATIENCE)).isFalse();
        disk.release();
        await().atMost(PATIENCE).until(() -> !disk.outcomeRows.isEmpty());
        assertThat(disk.outcomeRows).singleElement().satisfies(row -> {
            assertThat(row.outcome().kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(row.outcome().code()).contains(Code.AUDIT_UNAVAILABLE);
            assertThat(row.totals().chargeNano()).isZero();
            assertThat(row.totals().usage().completion()).isEqualTo(27);
            assertThat(row.attempts()).doesNotContainPattern("\"charge_nano\":[1-9]");
        });
    }

    @Test
    void tellsWhatTheLogSaysOfAWithheldAnswerOnceItIsWritten() {
        List<Outcome> recorded = new CopyOnWriteArrayList<>();
        IntentId intent = intended();
        waitAtTheDisk();
        audit.concluding(Samples.completed(intent), NO_PATIENCE, recorded::add).join();
        assertThat(recorded).isEmpty();
        disk.release();
        await().atMost(PATIENCE).until(() -> !recorded.isEmpty());
        assertThat(recorded).singleElement().isEqualTo(Samples.completed(intent).withheld());
    }

    @Test
    void tellsWhatTheLogSaysBeforeTheAnswerMayLeave() {
        List<Outcome> recorded = new CopyOnWriteArrayList<>();
        IntentId intent = intended();
        assertThat(audit.concluding(Samples.completed(intent), PATIENCE, recorded::add)
                        .join())
                .isTrue();
        assertThat(recorded).containsExactly(Samples.completed(intent));
    }

    @Test
    void countsAnOutcomeThatIsNeverWrittenAsItWasGiven() {
        List<Outcome> recorded = new CopyOnWriteArrayList<>();
        IntentId poisoned = intended();
        disk.poisoned.add(poisoned);
        Outcome outcome = Samples.completed(poisoned);
        assertThat(audit.concluding(outcome, PATIENCE, recorded::add).join()).isFalse();
        Outcome unknown = Samples.completed(Samples.intent().id());
        assertThat(audit.concluding(unknown, PATIENCE, recorded::add).join()).isFalse();
        assertThat(recorded).containsExactly(outcome, unknown);
    }

    @Test
    void leavesAnAnswerThatWasOnItsWayToTheDiskAsItIs() {
        IntentId intent = intended();
        disk.block();
        int before = disk.attempts.get();
        CompletableFuture<Boolean> concluded =
                CompletableFuture.supplyAsync(() -> audit.conclude(Samples.completed(intent), PATIENCE));
        disk.awaitAttempt(before);
        assertThat(audit.conclude(Samples.completed(intent), NO_PATIENCE)).isFalse();
        assertThat(concluded.join()).isFalse();
        disk.release();
        await().atMost(PATIENCE).until(() -> !disk.outcomeRows.isEmpty());
        intended();
        assertThat(disk.outcomeRows).extracting(row -> row.outcome().kind()).containsExactly(Outcome.Kind.COMPLETED);
    }

    @Test
    void keepsAnOutcomeThatWithholdsNothing() {
        IntentId intent = intended();
        waitAtTheDisk();
        assertThat(audit.conclude(Samples.outcome(intent, Outcome.Kind.LEFT, ""), NO_PATIENCE))
                .isFalse();
        disk.release();
        await().atMost(PATIENCE).until(() -> !disk.outcomeRows.isEmpty());
        assertThat(disk.outcomeRows.getFirst().outcome().kind()).isEqualTo(Outcome.Kind.LEFT);
        assertThat(disk.outcomeRows.getFirst().totals().chargeNano()).isEqualTo(248);
    }

    @Test
    void tellsWhoeverWaitsAtOnceAndEndsTheProcessWhenTheWriterDies() {
        IntentId served = intended();
        waitAtTheDisk();
        Pending waiting = audit.intend(Samples.intent());
        CompletableFuture<Boolean> concluded =
                CompletableFuture.supplyAsync(() -> audit.conclude(Samples.completed(served), LONG));
        await().atMost(PATIENCE).until(() -> queued() == 2);
        disk.die(new NoClassDefFoundError("missing, on purpose"));
        disk.release();
        unavailable(() -> waiting.await(LONG));
        assertThat(concluded.join()).isFalse();
        await().atMost(PATIENCE).until(() -> ends.get() == 1);
        unavailable(() -> audit.intend(Samples.intent()));
    }

    @Test
    void tellsWhoeverWaitsWhenTheWriterHasADefect() {
        IntentId served = intended();
        disk.fail(Kind.UNREACHED, EVER);
        disk.spoil();
        assertThat(audit.conclude(Samples.completed(served), LONG)).isFalse();
        assertThat(ends).hasValue(0);
    }

    @Test
    void concludesNothingMoreOnceItIsClosed() {
        IntentId served = intended();
        audit.close();
        assertThat(audit.conclude(Samples.completed(served), LONG)).isFalse();
    }

    private PostgresAudit audit(Appender disk, SimpleMeterRegistry meters, Duration stuckAfter) {
        return new PostgresAudit(
                disk,
                Samples.SIGNATURES,
                List::of,
                List::of,
                new AuditMeters(meters),
                stuckAfter,
                ends::incrementAndGet);
    }

    /** The writer holds one row at the disk, so that all that comes now waits behind it. */
    private void waitAtTheDisk() {
        disk.block();
        int before = disk.attempts.get();
        audit.intend(Samples.intent());
        disk.awaitAttempt(before);
    }

    private IntentId intended() {
        return audit.intend(Samples.intent()).await(PATIENCE).intent();
    }

    private void intendedAfterRecovery() {
        await().atMost(PATIENCE).ignoreException(Fault.class).until(() -> intended() != null);
    }

    private double queued() {
        return meters.get("gatehouse.audit.queue").gauge().value();
    }

    private static void unavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.problem().code()).isEqualTo(Code.AUDIT_UNAVAILABLE));
    }
}
