package dev.gatehouse.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time stands still here except where the test moves it, so that latencies are exact. */
@Timeout(30)
final class OpenLoopTest {

    private static final int REQUESTS = 100;
    private static final int BEFORE_THE_STALL = 10;
    private static final long STEP = 1_000_000;
    private static final long STALL = 1_000_000_000;
    private static final Expected OK = new Expected(2, 0);

    /** A clock that jumps to whatever instant somebody sleeps for. */
    private static final class FakeTicker implements Ticker {

        private final AtomicLong now = new AtomicLong();

        @Override
        public long now() {
            return now.get();
        }

        @Override
        public void sleepUntil(long instant) {
            now.set(instant);
        }
    }

    @Test
    void aStalledServerMakesEveryRequestLateThatWasDueMeanwhile() throws Exception {
        FakeTicker ticker = new FakeTicker();
        try (FakeServer server = new FakeServer(FakeServer.OK, BEFORE_THE_STALL);
                Client client = new Client()) {
            CompletableFuture<Tally> run = start(new OpenLoop(client, 2, ticker), server, steady());
            Await.until(() -> ticker.now() == STEP * REQUESTS && server.asked() == BEFORE_THE_STALL + 2);
            ticker.sleepUntil(STEP * REQUESTS + STALL);
            server.release();
            Tally tally = run.get();

            assertThat(tally.requireRight("fake").answers()).isEqualTo(REQUESTS);
            assertThat(tally.latencies().atLeast(STALL)).isGreaterThanOrEqualTo(REQUESTS - BEFORE_THE_STALL);
            assertThat(tally.latencies().percentile(1)).isBetween(STALL, STALL + STEP * REQUESTS);
        }
    }

    @Test
    void sendsEveryRequestAndNoMoreConnectionsThanAllowed() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.OK, REQUESTS);
                Client client = new Client()) {
            Tally tally = new OpenLoop(client, 3).run(server.request(), OK, steady(), Duration.ofSeconds(10));

            assertThat(tally.requireRight("fake").answers()).isEqualTo(REQUESTS);
            assertThat(server.asked()).isEqualTo(REQUESTS);
        }
    }

    private static Schedule steady() {
        return new Schedule(
                LongStream.rangeClosed(1, REQUESTS).map(i -> i * STEP).toArray());
    }

    private static CompletableFuture<Tally> start(OpenLoop loop, FakeServer server, Schedule schedule) {
        CompletableFuture<Tally> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(loop.run(server.request(), OK, schedule, Duration.ofSeconds(20)));
            } catch (InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
