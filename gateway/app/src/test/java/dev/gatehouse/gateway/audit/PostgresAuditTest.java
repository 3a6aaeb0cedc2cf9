package dev.gatehouse.gateway.audit;

import static dev.gatehouse.gateway.audit.RunningAudit.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.Pooled;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;

@Pooled
@Timeout(60)
final class PostgresAuditTest {

    private static RunningAudit running;
    private static Audit audit;
    private static Rows rows;

    @BeforeAll
    static void start(@TempDir Path secrets) {
        running = RunningAudit.on(TestDatabase.create(), secrets);
        audit = running.audit();
        rows = running.rows();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void givesATicketOnceTheIntentIsOnDisk() {
        Intent intent = Samples.intent();
        Ticket ticket = audit.intend(intent).await(PATIENCE);
        assertThat(ticket.intent()).isEqualTo(intent.id());
        assertThat(rows.ask("""
                        SELECT tenant, project, key, dialect, model, max_input, max_output, choices, address,
                               encode(body_sha256, 'hex'), gateway, uuid_extract_version(id)
                        FROM intents WHERE id = ?""", intent.id().value()))
                .containsExactly(
                        Samples.CALLER.tenant().value().toString(),
                        Samples.CALLER.project().value().toString(),
                        Samples.CALLER.key().value().toString(),
                        "openai",
                        "tiny-moe",
                        "100",
                        "null",
                        "1",
                        "127.0.0.1",
                        Samples.EMPTY_BODY,
                        "gateway-1",
                        "7");
        byte[] claims = "claims".getBytes(StandardCharsets.UTF_8);
        NodeName node = new NodeName("worker-1");
        assertThat(running.gateway().getBean(NodeSignatures.class).verify(node, claims, ticket.mac(node, claims)))
                .isTrue();
    }

    @Test
    void writesAnOutcomeWithTheSumsOfItsAttempts() {
        IntentId intent = running.intended();
        assertThat(audit.conclude(Samples.completed(intent), PATIENCE)).isTrue();
        assertThat(rows.ask("""
                        SELECT kind, code, reason, rule, policy, coverage ->> 'texts', prompt_tokens, cached_tokens,
                               completion_tokens, reasoning_tokens, exact, queue_ms, prefill_ms, decode_ms, step_rows,
                               first_token_ms, total_ms, charge_nano, jsonb_array_length(attempts),
                               attempts -> 1 ->> 'node', attempts -> 1 ->> 'completion_tokens', model, dialect
                        FROM outcomes WHERE intent = ?""", intent.value()))
                .containsExactly(
                        "completed",
                        "null",
                        "stop",
                        "pii.payment-card",
                        "0123456789abcdef",
                        "3",
                        "28",
                        "18",
                        "27",
                        "17",
                        "f",
                        "1.5",
                        "7",
                        "16",
                        "1.25",
                        "12.5",
                        "40",
                        "248",
                        "2",
                        "worker-2",
                        "22",
                        "tiny-moe",
                        "openai");
    }

    @Test
    void writesALineOfTheLedgerForEachAttempt() {
        IntentId intent = running.intended();
        audit.conclude(Samples.completed(intent), PATIENCE);
        assertThat(rows.ask("""
                        SELECT l.attempt, l.kind, l.model, l.node, l.prompt_tokens, l.cached_tokens, l.completion_tokens,
                               l.reasoning_tokens, l.exact, l.due, l.charge_nano, l.start_id = i.start_id
                        FROM ledger l JOIN intents i ON i.id = l.request
                        WHERE l.request = ? AND l.tenant = i.tenant AND l.project = i.project AND l.key = i.key
                        ORDER BY attempt""", intent.value()))
                .containsExactly(
                        "1",
                        "usage",
                        "tiny-moe",
                        "worker-1",
                        "14",
                        "4",
                        "5",
                        "1",
                        "f",
                        "t",
                        "0",
                        "t", //
                        "2",
                        "usage",
                        "tiny-moe",
                        "worker-2",
                        "14",
                        "14",
                        "22",
                        "16",
                        "t",
                        "t",
                        "248",
                        "t");
    }

    @Test
    void writesTheLinesOfADeadGatewaysRequestOnceAndUnderItsStart() {
        IntentId intent = IntentId.next(Clock.systemUTC());
        Outcome recovered = Samples.outcome(intent, Outcome.Kind.RECOVERED, "", OptionalLong.of(Orphans.START));
        assertThat(audit.conclude(recovered, PATIENCE)).isTrue();
        assertThat(audit.conclude(recovered, PATIENCE)).isTrue();
        assertThat(rows.ask("SELECT attempt, start_id FROM ledger WHERE request = ? ORDER BY attempt", intent.value()))
                .containsExactly("1", "4711", "2", "4711");
    }

    @Test
    void doubtsWhatIsNotExactUntilItIsCorrected() {
        IntentId unknown = running.intended();
        audit.conclude(Samples.outcome(unknown, Outcome.Kind.UNKNOWN, ""), PATIENCE);
        assertThat(audit.doubts())
                .filteredOn(doubt -> doubt.request().ticket().intent().equals(unknown))
                .singleElement()
                .satisfies(doubt -> {
                    assertThat(doubt.blind()).isTrue();
                    assertThat(doubt.request().caller()).isEqualTo(Samples.CALLER);
                    assertThat(doubt.request().model()).isEqualTo(new ModelName("tiny-moe"));
                });
        running.gateway()
                .getBean(CoreDatabase.class)
                .query(core -> core.sql("INSERT INTO corrections (request) VALUES (?)")
                        .param(unknown.value())
                        .update());
        assertThat(audit.doubts())
                .extracting(doubt -> doubt.request().ticket().intent())
                .doesNotContain(unknown);
    }

    @Test
    void givesTheLedgerTheSumsOfTheOutcomes() {
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            assertThat(audit.conclude(Samples.outcome(running.intended(), kind, ""), PATIENCE))
                    .isTrue();
        }
        assertThat(rows.ask("SELECT " + sums() + " FROM ledger"))
                .isEqualTo(rows.ask("SELECT " + sums() + " FROM outcomes"))
                .doesNotContain("0");
    }

    private static String sums() {
        return "sum(prompt_tokens), sum(cached_tokens), sum(completion_tokens), sum(reasoning_tokens), sum(charge_nano)";
    }

    @Test
    void keepsTheFirstOutcomeOfARequest() {
        IntentId intent = running.intended();
        assertThat(audit.conclude(Samples.completed(intent), PATIENCE)).isTrue();
        audit.conclude(Samples.outcome(intent, Outcome.Kind.FAILED, ""), PATIENCE);
        audit.conclude(Samples.outcome(intent, Outcome.Kind.RECOVERED, ""), PATIENCE);
        assertThat(rows.outcomes(intent)).containsExactly("completed");
    }

    @Test
    void writesNoOutcomeForAnIntentItDoesNotKnow() {
        IntentId unknown = IntentId.next(Clock.systemUTC());
        assertThat(audit.conclude(Samples.completed(unknown), PATIENCE)).isFalse();
        assertThat(rows.outcomes(unknown)).isEmpty();
    }

    @Test
    void commitsWhatWaitsTogether() {
        double before = batches();
        List<Pending> waiting = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            waiting.add(audit.intend(Samples.intent("together")));
        }
        waiting.forEach(intent -> intent.await(PATIENCE));
        assertThat(rows.ask("SELECT count(*) FROM intents WHERE model = 'together'"))
                .containsExactly("2000");
        List<String> transactions = rows.ask("SELECT count(DISTINCT xmin::text) FROM intents WHERE model = 'together'");
        assertThat(Long.parseLong(transactions.getFirst())).isBetween(4L, 200L);
        assertThat(batches() - before).isEqualTo(Double.parseDouble(transactions.getFirst()));
    }

    @Test
    void replacesWhatPostgresqlCannotHold() {
        Intent intent = Samples.intent("nul\0name");
        audit.intend(intent).await(PATIENCE);
        assertThat(rows.ask(
                        "SELECT model FROM intents WHERE id = ?", intent.id().value()))
                .containsExactly("nul\uFFFDname");
    }

    @Test
    void losesOnlyTheRowThatTheDatabaseRefuses() {
        IntentId bad = running.intended();
        List<IntentId> good = new ArrayList<>();
        List<Thread> concluding = new ArrayList<>();
        concluding.add(Thread.startVirtualThread(
                () -> audit.conclude(Samples.outcome(bad, Outcome.Kind.COMPLETED, "not json"), PATIENCE)));
        for (int i = 0; i < 50; i++) {
            IntentId intent = running.intended();
            good.add(intent);
            concluding.add(Thread.startVirtualThread(() -> audit.conclude(Samples.completed(intent), PATIENCE)));
        }
        for (Thread thread : concluding) {
            join(thread);
        }
        assertThat(rows.outcomes(bad)).isEmpty();
        assertThat(good).allSatisfy(intent -> assertThat(rows.outcomes(intent)).containsExactly("completed"));
        assertThat(running.gateway()
                        .getBean(MeterRegistry.class)
                        .counter("gatehouse.audit.rejected")
                        .count())
                .isOne();
    }

    @Test
    void forgetsIntentsWhoseOutcomeIsOnDisk() {
        IntentId intent = running.intended();
        double open = open();
        assertThat(audit.conclude(Samples.completed(intent), PATIENCE)).isTrue();
        await().atMost(PATIENCE).until(() -> open() == open - 1);
    }

    @Test
    void refusesIntentsOnceItIsStopped(@TempDir Path secrets) {
        ConfigurableApplicationContext stopped =
                AuditStart.on(running.database(), secrets, "--gatehouse.instance.name=stopped");
        Audit closed = stopped.getBean(Audit.class);
        Intent last = Samples.intent();
        closed.intend(last);
        stopped.close();
        assertThat(rows.hasIntent(last.id())).isTrue();
        assertThatThrownBy(() -> closed.intend(Samples.intent()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.problem().code()).isEqualTo(Code.SHUTTING_DOWN));
    }

    @Test
    void writesWhatEndsWhileTheEdgeStops(@TempDir Path secrets) {
        ConfigurableApplicationContext stopping =
                AuditStart.with(Edge.class, running.database(), secrets, "--gatehouse.instance.name=stopping");
        Edge edge = stopping.getBean(Edge.class);
        stopping.close();
        assertThat(edge.isDurable()).isTrue();
        assertThat(rows.outcomes(edge.story())).containsExactly("completed");
    }

    /** Its last story ends while it is stopped. */
    @Import(AuditConfiguration.class)
    static final class Edge implements SmartLifecycle {

        private final Audit room;
        private final IntentId story;
        private boolean running;
        private boolean durable;

        Edge(Audit room) {
            this.room = room;
            story = room.intend(Samples.intent()).await(PATIENCE).intent();
        }

        IntentId story() {
            return story;
        }

        boolean isDurable() {
            return durable;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            durable = room.conclude(Samples.completed(story), PATIENCE);
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    private static double batches() {
        return running.gateway()
                .getBean(MeterRegistry.class)
                .get("gatehouse.audit.batch")
                .summary()
                .count();
    }

    private static double open() {
        return running.gateway()
                .getBean(MeterRegistry.class)
                .get("gatehouse.audit.open")
                .gauge()
                .value();
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(PATIENCE)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
