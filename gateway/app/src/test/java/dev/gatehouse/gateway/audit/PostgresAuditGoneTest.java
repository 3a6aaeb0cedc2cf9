package dev.gatehouse.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

@Timeout(90)
final class PostgresAuditGoneTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static Audit audit;
    private static Rows rows;

    @BeforeAll
    static void start(@TempDir Path secrets) {
        database = TestDatabase.onOwnServer();
        gateway = AuditStart.on(database, secrets);
        audit = gateway.getBean(Audit.class);
        rows = new Rows(database);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @Test
    void refusesIntentsWritesOutcomesLaterAndHealsByItself() {
        IntentId served = audit.intend(Samples.intent()).await(PATIENCE).intent();
        database.stop();

        Intent refused = Samples.intent();
        unavailable(() -> audit.intend(refused).await(PATIENCE));
        Intent refusedAtOnce = Samples.intent();
        unavailable(() -> audit.intend(refusedAtOnce));
        assertThat(audit.conclude(Samples.completed(served), Duration.ofMillis(10)))
                .isFalse();

        database.start();
        await().atMost(PATIENCE).until(() -> rows.outcomes(served).equals(List.of("failed")));
        await().atMost(PATIENCE).ignoreException(Fault.class).until(() -> {
            IntentId again = audit.intend(Samples.intent()).await(PATIENCE).intent();
            return rows.hasIntent(again);
        });
        assertThat(rows.hasIntent(refusedAtOnce.id())).isFalse();
        await().atMost(PATIENCE)
                .until(() -> !rows.hasIntent(refused.id())
                        || rows.outcomes(refused.id()).equals(List.of("not_dispatched")));
    }

    @Test
    void doesNotNoticeThatAnIdleConnectionBroke() {
        await().atMost(PATIENCE)
                .ignoreException(Fault.class)
                .until(() -> audit.intend(Samples.intent()).await(PATIENCE) != null);
        database.stop();
        database.start();
        Intent next = Samples.intent();
        audit.intend(next).await(PATIENCE);
        assertThat(rows.hasIntent(next.id())).isTrue();
    }

    private static void unavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.problem().code()).isEqualTo(Code.AUDIT_UNAVAILABLE);
            assertThat(fault.problem().retryAfter()).isPresent();
        });
    }
}
