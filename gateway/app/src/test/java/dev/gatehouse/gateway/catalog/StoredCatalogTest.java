package dev.gatehouse.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ModelsServed;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class StoredCatalogTest {

    private static final Caller CALLER =
            new Caller(new TenantId(new UUID(0, 1)), new ProjectId(new UUID(0, 1)), new KeyId(new UUID(0, 1)));
    private static final ModelName TINY = new ModelName("tiny-moe");

    private final AtomicLong now = new AtomicLong();
    private final FakeCatalogStore store = new FakeCatalogStore();
    private final StoredCatalog catalog = new StoredCatalog(store, now::get);

    @Test
    void answersFromMemoryByName() {
        store.add("b");
        store.add("a");
        catalog.refresh();
        assertThat(catalog.find(CALLER, new ModelName("a"))).contains(FakeCatalogStore.model("a"));
        assertThat(catalog.visible(CALLER)).map(model -> model.name().value()).containsExactly("a", "b");
        assertThat(store.readings).hasValue(1);
    }

    @Test
    void forgetsWhatIsGone() {
        store.add("tiny-moe");
        catalog.refresh();
        store.models.clear();
        catalog.refresh();
        assertThat(catalog.visible(CALLER)).isEmpty();
    }

    @Test
    void readsAtAMissButOnceASecond() {
        catalog.refresh();
        store.add("tiny-moe");
        assertThat(Stream.generate(() -> catalog.find(CALLER, TINY)).limit(1_000))
                .allMatch(Optional::isEmpty);
        assertThat(store.readings).hasValue(1);

        now.addAndGet(StoredCatalog.PACE.toNanos());
        assertThat(catalog.find(CALLER, TINY)).isPresent();
        Stream.generate(() -> catalog.find(CALLER, new ModelName("other")))
                .limit(1_000)
                .forEach(found -> assertThat(found).isEmpty());
        assertThat(store.readings).hasValue(2);
    }

    @Test
    void readsOnceForAllThatMissTogether() {
        store.add("tiny-moe");
        store.hold();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Optional<Model>>> missing = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> catalog.find(CALLER, TINY), threads))
                    .limit(100)
                    .toList();
            await().until(() -> store.readings.get() == 1);
            store.open();
            assertThat(missing).allMatch(found -> found.join().isPresent());
        }
        assertThat(store.readings).hasValue(1);
    }

    @Test
    void keepsServingWhatItReadWhileTheDatabaseIsAway() {
        store.add("tiny-moe");
        catalog.refresh();
        store.away = true;
        catalog.refresh();
        assertThat(catalog.find(CALLER, TINY)).isPresent();
        assertThat(catalog.visible(CALLER)).hasSize(1);
        unavailable(() -> catalog.find(CALLER, new ModelName("perhaps")));
    }

    @Test
    void claimsNothingBeforeItHasReadAnything() {
        store.away = true;
        unavailable(() -> catalog.find(CALLER, TINY));
        unavailable(() -> catalog.visible(CALLER));

        store.away = false;
        store.add("tiny-moe");
        now.addAndGet(StoredCatalog.PACE.toNanos());
        assertThat(catalog.visible(CALLER)).hasSize(1);
    }

    @Test
    void publishesWhatANodeServesAndWritesOnlyWhenItIsNew() {
        RegisteredModels registered = new RegisteredModels(store, catalog);
        catalog.refresh();
        ModelsServed report = new ModelsServed(new NodeName("worker-1"), List.of(TINY, new ModelName("other")));
        for (int i = 0; i < 10; i++) {
            registered.served(report);
        }
        assertThat(catalog.visible(CALLER)).hasSize(2);
        assertThat(store.writings).hasValue(1);
    }

    private static void unavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.problem().code()).isEqualTo(Code.DATABASE_UNAVAILABLE));
    }
}
