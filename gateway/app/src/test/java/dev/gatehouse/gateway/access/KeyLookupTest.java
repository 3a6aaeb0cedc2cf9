package dev.gatehouse.gateway.access;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KeyLookupTest {

    private final AtomicLong now = new AtomicLong();
    private final Ticker clock = now::get;
    private final FakeKeyStore store = new FakeKeyStore();
    private final Peppers peppers = TestKeys.peppers(1);
    private final KeyMemory memory = new KeyMemory(clock);
    private final KeyBatches batches = TestKeys.batches(store, memory);
    private final KeyLookup keys = new KeyLookup(peppers, memory, batches);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void start() {
        batches.start();
    }

    @AfterEach
    void stop() {
        store.open();
        batches.close();
        callers.shutdownNow();
    }

    @Test
    void asksTheDatabaseOnceASecondForAGoodKey() {
        ApiKey key = stored();
        assertThat(IntStream.range(0, 100).mapToObj(_ -> keys.find(key))).allMatch(Lookup.Found.class::isInstance);
        assertThat(store.lookUps).hasSize(1);

        pass(KeyMemory.KEPT.minusNanos(1));
        keys.find(key);
        assertThat(store.lookUps).hasSize(1);

        pass(Duration.ofNanos(1));
        keys.find(key);
        assertThat(store.lookUps).hasSize(2);
    }

    @Test
    void forgetsAKeyThatWasChangedAtOnce() {
        ApiKey key = stored();
        Lookup.Found found = (Lookup.Found) keys.find(key);
        memory.forget(found.key().caller().key());
        keys.find(key);
        assertThat(store.lookUps).hasSize(2);
    }

    @Test
    void doesNotRememberWhatWasReadBeforeAChangeAndArrivesAfterIt() throws Exception {
        ApiKey key = stored();
        store.hold();
        Future<Lookup> early = callers.submit(() -> keys.find(key));
        await().atMost(Duration.ofSeconds(10)).until(() -> !store.lookUps.isEmpty());
        memory.forgetAll();
        store.open();
        early.get();
        assertThat(memory.size()).isZero();
    }

    @Test
    void learnsWithinASecondThatAKeyIsGone() {
        ApiKey key = stored();
        keys.find(key);
        store.rows.clear();
        pass(KeyMemory.KEPT);
        assertThat(keys.find(key)).isEqualTo(Lookup.Absent.ABSENT);
    }

    @Test
    void remembersNoLongerWhatWasAskedForAgain() {
        ApiKey key = stored();
        keys.find(key);
        pass(KeyMemory.KEPT.minusNanos(1));
        assertThat(ask(key).join()).isInstanceOf(Lookup.Found.class);
        assertThat(store.lookUps).hasSize(1);
        pass(Duration.ofNanos(1));
        keys.find(key);
        assertThat(store.lookUps).hasSize(2);
    }

    @Test
    void asksTheDatabaseOnceASecondForABadKey() {
        ApiKey key = TestKeys.random();
        assertThat(IntStream.range(0, 100).mapToObj(_ -> keys.find(key))).containsOnly(Lookup.Absent.ABSENT);
        assertThat(store.lookUps).hasSize(1);
    }

    @Test
    void asksOnceForAllThatWaitForTheSameKey() {
        ApiKey key = stored();
        store.hold();
        List<CompletableFuture<Lookup>> answers =
                Stream.generate(() -> later(() -> keys.find(key))).limit(200).toList();
        await().until(() -> !store.lookUps.isEmpty());
        store.open();
        assertThat(answers).allMatch(answer -> answer.join() instanceof Lookup.Found);
        assertThat(store.lookUps).hasSize(1);
    }

    @Test
    void answersAFloodInFewRoundTripsAndAGoodKeyAmongIt() {
        ApiKey good = stored();
        store.hold();
        CompletableFuture<Lookup> first = later(() -> keys.find(TestKeys.random()));
        await().until(() -> store.lookUps.size() == 1);
        List<CompletableFuture<Lookup>> flood =
                Stream.generate(() -> ask(TestKeys.random())).limit(1_000).toList();
        CompletableFuture<Lookup> wanted = ask(good);
        store.open();

        assertThat(first.join()).isEqualTo(Lookup.Absent.ABSENT);
        assertThat(wanted.join()).isInstanceOf(Lookup.Found.class);
        assertThat(flood).allMatch(answer -> answer.join() == Lookup.Absent.ABSENT);
        assertThat(store.lookUps).hasSize(1 + Math.ceilDiv(1_001, KeyBatches.BATCH));
        assertThat(store.lookUps).allMatch(digests -> digests.size() <= KeyBatches.BATCH);
    }

    @Test
    void refusesWhatNoLongerFitsTheQueue() {
        store.hold();
        CompletableFuture<Lookup> first = ask(TestKeys.random());
        await().until(() -> store.lookUps.size() == 1);
        List<CompletableFuture<Lookup>> waiting = Stream.generate(() -> ask(TestKeys.random()))
                .limit(KeyBatches.QUEUE)
                .toList();
        fails(Code.OVERLOADED, () -> keys.find(TestKeys.random()));
        store.open();
        assertThat(first.join()).isEqualTo(Lookup.Absent.ABSENT);
        assertThat(waiting).allMatch(answer -> answer.join() == Lookup.Absent.ABSENT);
    }

    @Test
    void keepsGoodKeysInMemoryThroughAFloodOfBadOnes() {
        List<ApiKey> good = Stream.generate(this::stored).limit(50).toList();
        good.forEach(keys::find);
        long before = store.lookUps.size();
        IntStream.range(0, 3 * KeyMemory.MOST_ABSENT)
                .forEach(_ ->
                        memory.keep(peppers.signing().digest(TestKeys.random()), Lookup.Absent.ABSENT, memory.now()));

        assertThat(good).allMatch(key -> keys.find(key) instanceof Lookup.Found);
        assertThat(store.lookUps).hasSize((int) before);
        assertThat(memory.size()).isLessThanOrEqualTo(KeyMemory.MOST_ABSENT + 50L);
    }

    @Test
    void servesWhatItRemembersWhileTheDatabaseIsAwayAndNothingElse() {
        ApiKey key = stored();
        keys.find(key);
        store.away = true;
        assertThat(keys.find(key)).isInstanceOf(Lookup.Found.class);
        fails(Code.DATABASE_UNAVAILABLE, () -> keys.find(stored()));

        pass(KeyMemory.KEPT);
        fails(Code.DATABASE_UNAVAILABLE, () -> keys.find(key));

        store.away = false;
        assertThat(keys.find(key)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void endsTheProcessWhenItCannotGoOn() {
        CountDownLatch ended = new CountDownLatch(1);
        KeyBatches breaking = new KeyBatches(store, memory, used -> {}, ended::countDown);
        store.broken = true;
        CompletableFuture<Lookup> answer = breaking.ask(peppers.signing().digest(TestKeys.random()), List.of());
        breaking.start();
        assertThat(answer)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.problem().code()).isEqualTo(Code.SHUTTING_DOWN));
        await().until(() -> ended.getCount() == 0);
    }

    @Test
    void findsAKeyUnderAnOlderPepper() {
        ApiKey key = TestKeys.random();
        KeyRecord row = new KeyRecord(TestKeys.caller(), Optional.empty(), Optional.empty());
        store.rows.put(peppers.signing().digest(key), row);
        KeyLookup rotated = new KeyLookup(TestKeys.peppers(1, 2), memory, batches);
        assertThat(rotated.find(key)).isEqualTo(new Lookup.Found(row));
        assertThat(rotated.find(key)).isEqualTo(new Lookup.Found(row));
        assertThat(store.lookUps).hasSize(1);
    }

    private ApiKey stored() {
        ApiKey key = TestKeys.random();
        store.rows.put(
                peppers.signing().digest(key), new KeyRecord(TestKeys.caller(), Optional.empty(), Optional.empty()));
        return key;
    }

    private CompletableFuture<Lookup> ask(ApiKey key) {
        return batches.ask(peppers.signing().digest(key), peppers.digests(key));
    }

    private <T> CompletableFuture<T> later(Supplier<T> call) {
        return supplyAsync(call, callers);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static void fails(Code code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.problem().code()).isEqualTo(code);
            assertThat(fault.problem().retryAfter()).isPresent();
        });
    }
}
