package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@PooledWhenLong
@Timeout(120)
final class DatabaseAwayTest {

    private final AtomicLong now = new AtomicLong();
    private final Ticker clock = now::get;

    @Test
    void servesKnownKeysForASecondRefusesOthersAndRecovers(@TempDir Path secrets) {
        try (TestDatabase database = TestDatabase.onOwnServer();
                OpenDatabase pools = OpenDatabase.on(database, secrets)) {
            Peppers peppers = TestKeys.peppers(1);
            PepperCheck.run(peppers, new PostgresPepperStore(pools.core()));
            KeyStore store = new PostgresKeyStore(pools.core(), pools.tenants());
            ApiKey known = key(peppers, store);
            ApiKey other = key(peppers, store);
            KeyMemory memory = new KeyMemory(clock);
            KeyBatches batches = TestKeys.batches(store, memory);
            batches.start();
            Access access = new KeyAccess(
                    new ApiKeyAuthenticationProvider(new KeyLookup(peppers, memory, batches), Clock.systemUTC()),
                    new SimpleMeterRegistry());

            assertThat(access.identify(TestKeys.header(known), TestKeys.VISIT)).isInstanceOf(Identity.Known.class);
            database.stop();
            assertThat(access.identify(TestKeys.header(known), TestKeys.VISIT)).isInstanceOf(Identity.Known.class);
            unavailable(access, other);
            now.addAndGet(KeyMemory.KEPT.toNanos());
            unavailable(access, known);

            database.start();
            await().atMost(Duration.ofSeconds(20))
                    .ignoreException(Fault.class)
                    .until(() -> access.identify(TestKeys.header(other), TestKeys.VISIT) instanceof Identity.Known);
            batches.close();
        }
    }

    private static ApiKey key(Peppers peppers, KeyStore store) {
        TenantId tenant = store.tenant("acme");
        return TestKeys.issue(peppers, store, tenant, store.project(tenant, "search"), "key", Optional.empty())
                .key();
    }

    private static void unavailable(Access access, ApiKey key) {
        assertThatThrownBy(() -> access.identify(TestKeys.header(key), TestKeys.VISIT))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.problem().code()).isEqualTo(Code.DATABASE_UNAVAILABLE));
    }
}
