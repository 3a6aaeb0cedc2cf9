package dev.gatehouse.gateway.audit;

import static dev.gatehouse.gateway.audit.RunningAudit.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.Pooled;
import dev.gatehouse.db.Role;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Pooled
@Timeout(90)
final class PostgresAuditGoneTest {

    private static RunningAudit running;
    private static Audit audit;
    private static Rows rows;

    @BeforeAll
    static void start(@TempDir Path secrets) {
        running = RunningAudit.on(TestDatabase.onOwnServer(), secrets);
        audit = running.audit();
        rows = running.rows();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void refusesIntentsWritesOutcomesLaterAndHealsByItself() {
        IntentId served = running.intended();
        running.database().stop();

        Intent refused = Samples.intent();
        unavailable(() -> audit.intend(refused).await(PATIENCE));
        Intent refusedAtOnce = Samples.intent();
        unavailable(() -> audit.intend(refusedAtOnce));
        assertThat(audit.conclude(Samples.completed(served), Duration.ofMillis(10)))
                .isFalse();

        running.database().start();
        await().atMost(PATIENCE).until(() -> rows.outcomes(served).equals(List.of("failed")));
        await().atMost(PATIENCE).ignoreException(Fault.class).until(() -> {
            IntentId again = running.intended();
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
        running.database().stop();
        running.database().start();
        await().atMost(PATIENCE).ignoreExceptions().until(PostgresAuditGoneTest::reachable);
        Intent next = Samples.intent();
        audit.intend(next).await(PATIENCE);
        assertThat(rows.hasIntent(next.id())).isTrue();
    }

    /** A pooler goes on refusing for a moment. */
    private static boolean reachable() throws SQLException {
        try (Connection connection = running.database().connect(Role.GH_APPEND)) {
            return connection.isValid(1);
        }
    }

    private static void unavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.problem().code()).isEqualTo(Code.AUDIT_UNAVAILABLE);
            assertThat(fault.problem().retryAfter()).isPresent();
        });
    }
}
