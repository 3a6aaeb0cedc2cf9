package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Sights;
import dev.gatehouse.gateway.metering.LiveRequests.Listening;
import dev.gatehouse.gateway.metering.Requests.Marks;
import dev.gatehouse.gateway.metering.Requests.Whose;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LivePollTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final Actor ALL = Sights.auditor(Optional.empty());

    private final Source source = new Source();
    private final LivePoll live = new LivePoll(source);

    /** Everything that was ever recorded stays in the window. */
    private static final class Source implements LiveSource {

        private final List<UUID> recorded = new CopyOnWriteArrayList<>();
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public Set<UUID> recorded(Duration window, int most) {
            looks.incrementAndGet();
            return new LinkedHashSet<>(recorded.reversed());
        }

        @Override
        public List<Request> seenBy(Actor actor, Collection<UUID> requests) {
            return requests.stream()
                    .sorted()
                    .map(LivePollTest::request)
                    .filter(request -> actor.tenant().isEmpty()
                            || actor.tenant().get().equals(request.caller().tenant()))
                    .toList();
        }
    }

    @BeforeEach
    void start() {
        live.start();
    }

    @AfterEach
    void stop() {
        live.stop();
    }

    @Test
    void tellsOnceOfWhatEndsAfterSomeoneListens() throws InterruptedException {
        source.recorded.add(id(1));
        try (Listening listening = live.listen(ALL, Whose.ANYBODY, Marks.ANY)) {
            source.recorded.add(id(2));
            assertThat(listening.next(LONG).orElseThrow().id().value()).isEqualTo(id(2));
            source.recorded.add(id(3));
            assertThat(listening.next(LONG).orElseThrow().id().value()).isEqualTo(id(3));
            assertThat(listening.next(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void looksOnceForAllListenersAndNotAtAllWithoutOne() throws InterruptedException {
        Listening one = live.listen(ALL, Whose.ANYBODY, Marks.ANY);
        Listening other = live.listen(Sights.auditor(Optional.of(TENANT)), Whose.ANYBODY, Marks.ANY);
        int before = source.looks.get();
        source.recorded.add(id(2));
        assertThat(one.next(LONG)).isPresent();
        assertThat(other.next(LONG)).isPresent();
        assertThat(source.looks.get()).isEqualTo(before + 1);
        one.close();
        other.close();
        assertThat(before).isEqualTo(2);
    }

    @Test
    void tellsAListenerOnlyWhatItsUserSeesAndWants() throws InterruptedException {
        Whose others =
                new Whose(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new ModelName("other")));
        try (Listening blind = live.listen(
                        Sights.auditor(Optional.of(new TenantId(new UUID(9, 9)))), Whose.ANYBODY, Marks.ANY);
                Listening picky = live.listen(ALL, others, Marks.ANY);
                Listening failed = live.listen(ALL, Whose.ANYBODY, Marks.ofKind(Optional.of("failed")));
                Listening every = live.listen(ALL, Whose.ANYBODY, Marks.ANY)) {
            source.recorded.add(id(2));
            assertThat(every.next(LONG)).isPresent();
            assertThat(blind.next(Duration.ofMillis(50))).isEmpty();
            assertThat(picky.next(Duration.ofMillis(50))).isEmpty();
            assertThat(failed.next(Duration.ofMillis(50))).isEmpty();
        }
    }

    @Test
    void countsWhatAListenerLosesThatDoesNotKeepUp() throws InterruptedException {
        try (Listening slow = live.listen(ALL, Whose.ANYBODY, Marks.ANY);
                Listening other = live.listen(ALL, Whose.ANYBODY, Marks.ofKind(Optional.of("left")))) {
            List<UUID> many = new ArrayList<>();
            for (int i = 0; i < LiveListener.ROOM + 7; i++) {
                many.add(id(i));
            }
            source.recorded.addAll(many);
            assertThat(slow.next(LONG)).isPresent();
            source.recorded.add(id(10_000));
            assertThat(other.next(Duration.ofMillis(2_500))).isEmpty();
            assertThat(slow.dropped()).isEqualTo(7);
            assertThat(slow.dropped()).isZero();
        }
    }

    @Test
    void refusesMoreListenersThanItHasRoomForAndAllOnceItIsStopped() {
        List<Listening> all = new ArrayList<>();
        for (int i = 0; i < LiveRequests.MOST; i++) {
            all.add(live.listen(ALL, Whose.ANYBODY, Marks.ANY));
        }
        assertThatThrownBy(() -> live.listen(ALL, Whose.ANYBODY, Marks.ANY)).isInstanceOf(Fault.class);
        all.getFirst().close();
        Listening last = live.listen(ALL, Whose.ANYBODY, Marks.ANY);
        live.stop();
        assertThat(last.isOver()).isTrue();
        assertThatThrownBy(() -> live.listen(ALL, Whose.ANYBODY, Marks.ANY)).isInstanceOf(Fault.class);
    }

    private static UUID id(int number) {
        return new UUID(0x7000, Long.MIN_VALUE | number);
    }

    private static Request request(UUID id) {
        return new Request(
                new IntentId(id),
                new Caller(TENANT, new ProjectId(new UUID(2, 2)), new KeyId(new UUID(3, 3))),
                new Request.Names(Optional.empty(), Optional.empty(), Optional.empty()),
                new ModelName("tiny-moe"),
                "openai",
                "completed",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new LedgerLine.Tokens(1, 0, 1, 0),
                true,
                0,
                0,
                Optional.empty(),
                1,
                Optional.of(Instant.EPOCH));
    }
}
