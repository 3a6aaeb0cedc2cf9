package dev.gatehouse.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.process.Backoff.Again;
import dev.gatehouse.launcher.process.Backoff.GiveUp;
import dev.gatehouse.launcher.process.Backoff.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private long now;
    private final Backoff backoff = new Backoff(() -> now);

    @Test
    void waitsTwiceAsLongAfterEachFailedStartAndThenGivesUp() {
        assertThat(backoff.crashed(false)).isEqualTo(again(100));
        assertThat(backoff.crashed(false)).isEqualTo(again(200));
        assertThat(backoff.crashed(false)).isEqualTo(again(400));
        assertThat(backoff.crashed(false)).isEqualTo(again(800));
        assertThat(backoff.crashed(false)).isEqualTo(new GiveUp());
    }

    @Test
    void waitsTwiceAsLongAfterEachCrashOfWhatHardlyGotReady() {
        for (long wait = 100; wait < 15_000; wait *= 2) {
            assertThat(crashedAfter(Backoff.STEADY.minusNanos(1))).isEqualTo(again(wait));
        }
        assertThat(crashedAfter(Duration.ZERO)).isEqualTo(again(15_000));
    }

    @Test
    void beginsAnewOnceReadyForAMinute() {
        backoff.crashed(false);
        crashedAfter(Duration.ZERO);
        assertThat(crashedAfter(Backoff.STEADY)).isEqualTo(again(100));
    }

    @Test
    void neverGivesUpWhatGetsReady() {
        for (int i = 0; i < 100; i++) {
            assertThat(crashedAfter(Duration.ZERO)).isInstanceOf(Again.class);
        }
    }

    private Verdict crashedAfter(Duration ready) {
        backoff.ready();
        now += ready.toNanos();
        return backoff.crashed(true);
    }

    private static Again again(long ms) {
        return new Again(Duration.ofMillis(ms));
    }
}
