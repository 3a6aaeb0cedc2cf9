package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.Role;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.detect.Kind;
import dev.gatehouse.detect.Remedy;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@PooledWhenLong
final class PostgresPoliciesTest {

    private static TestDatabase database;
    private static Connection core;

    private final Switched reachable = new Switched();
    private final AtomicLong now = new AtomicLong();
    private final Policies policies = new PostgresPolicies(reachable, now::get);

    /** The role {@code gh_core}, as long as it is up. */
    private static final class Switched implements CoreDatabase {

        private final Semaphore gate = new Semaphore(1);
        private final AtomicInteger queries = new AtomicInteger();
        private volatile boolean up = true;

        @Override
        public <T> T query(Function<JdbcClient, T> statement) {
            queries.incrementAndGet();
            gate.acquireUninterruptibly();
            gate.release();
            if (!up) {
                throw new Fault(Problem.of(Code.DATABASE_UNAVAILABLE, "The database cannot be reached."));
            }
            return statement.apply(JdbcClient.create(new SingleConnectionDataSource(core, true)));
        }

        @Override
        public <T> T transact(Function<JdbcClient, T> work) {
            return query(work);
        }
    }

    @BeforeAll
    static void create() throws SQLException {
        database = TestDatabase.create();
        core = database.connect(Role.GH_CORE);
    }

    @AfterAll
    static void close() throws SQLException {
        core.close();
        database.close();
    }

    private static TenantId tenant(String policy) throws SQLException {
        UUID id = UUID.randomUUID();
        store("INSERT INTO tenants (id, name, guard_policy) VALUES ('%s', '%s', '%s')".formatted(id, id, policy));
        return new TenantId(id);
    }

    private static void store(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void fails(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.problem().code()).isEqualTo(code));
    }

    @Test
    void readsWhatIsStoredAndElseTheDefault() throws SQLException {
        assertThat(policies.of(tenant("{}"))).isEqualTo(Policy.DEFAULT);
        assertThat(policies.of(tenant("{\"paymentCards\":{\"in\":\"mask\",\"out\":\"cut\"}}")))
                .isEqualTo(Policy.DEFAULT.with(Kind.PAYMENT_CARDS, Remedy.MASK, Remedy.BLOCK));
    }

    @Test
    void hearsOfAChangeAfterSomeSeconds() throws SQLException {
        TenantId tenant = tenant("{}");
        assertThat(policies.of(tenant)).isEqualTo(Policy.DEFAULT);
        store("UPDATE tenants SET guard_policy = '{\"paymentCards\":{\"out\":\"cut\"}}' WHERE id = '%s'"
                .formatted(tenant.value()));
        assertThat(policies.of(tenant)).isEqualTo(Policy.DEFAULT);
        now.addAndGet(PostgresPolicies.REMEMBERED.toNanos());
        assertThat(policies.of(tenant)).isEqualTo(Policy.DEFAULT.with(Kind.PAYMENT_CARDS, Remedy.BLOCK, Remedy.BLOCK));
    }

    @Test
    void remembersForSomeSecondsWhenTheDatabaseIsGoneAndThenFails() throws SQLException {
        TenantId tenant = tenant("{}");
        policies.of(tenant);
        reachable.up = false;
        assertThat(policies.of(tenant)).isEqualTo(Policy.DEFAULT);
        now.addAndGet(PostgresPolicies.REMEMBERED.toNanos());
        fails(Code.DATABASE_UNAVAILABLE, () -> policies.of(tenant));
        reachable.up = true;
        assertThat(policies.of(tenant)).isEqualTo(Policy.DEFAULT);
    }

    @Test
    void refusesToServeATenantWhosePolicyIsNotValid() throws SQLException {
        TenantId tenant = tenant("{\"paymentCards\":{\"in\":\"perhaps\"}}");
        fails(Code.INTERNAL, () -> policies.of(tenant));
        fails(Code.INTERNAL, () -> policies.of(tenant));
        assertThat(reachable.queries).hasValue(1);
    }

    @Test
    void asksOnceForAllThatWaitForTheSameTenant() throws SQLException {
        TenantId tenant = tenant("{}");
        assertThat(together(tenant)).allSatisfy(policy -> assertThat(policy).isCompletedWithValue(Policy.DEFAULT));
        assertThat(reachable.queries).hasValue(1);
    }

    @Test
    void failsOnceForAllThatWaitForTheSameTenant() throws SQLException {
        TenantId tenant = tenant("{}");
        reachable.up = false;
        assertThat(together(tenant)).allSatisfy(policy -> fails(Code.DATABASE_UNAVAILABLE, () -> result(policy)));
        assertThat(reachable.queries).hasValue(1);
        reachable.up = true;
        assertThat(policies.of(tenant)).isEqualTo(Policy.DEFAULT);
    }

    /** What many callers get who ask while the first one's query is held. */
    private List<CompletableFuture<Policy>> together(TenantId tenant) {
        reachable.gate.acquireUninterruptibly();
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<Policy>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Policy> answer = new CompletableFuture<>();
            answers.add(answer);
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .start(() -> answer.completeAsync(() -> policies.of(tenant), Runnable::run)));
        }
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        reachable.gate.release();
        await().until(() -> answers.stream().allMatch(CompletableFuture::isDone));
        return answers;
    }

    private static Policy result(CompletableFuture<Policy> answer) throws Throwable {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }

    @Test
    void refusesToServeATenantThatIsNotThere() {
        fails(Code.INTERNAL, () -> policies.of(new TenantId(new UUID(7, 7))));
    }
}
