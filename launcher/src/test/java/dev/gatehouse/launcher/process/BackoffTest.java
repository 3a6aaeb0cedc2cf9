package dev.gatehouse.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.process.Backoff.Again;
import dev.gatehouse.launcher.process.Backoff.GiveUp;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff();

    @Test
    void waitsTwiceAsLongAfterEachFailedStartAndThenGivesUp() {
        assertThat(backoff.crashed(false)).isEqualTo(new Again(Duration.ofMillis(200)));
        assertThat(backoff.crashed(false)).isEqualTo(new Again(Duration.ofMillis(400)));
        assertThat(backoff.crashed(false)).isEqualTo(new Again(Duration.ofMillis(800)));
        assertThat(backoff.crashed(false)).isEqualTo(new Again(Duration.ofMillis(1600)));
        assertThat(backoff.crashed(false)).isEqualTo(new GiveUp());
    }

    @Test
    void forgetsFailedStartsOnceReady() {
        for (int i = 0; i < 4; i++) {
            backoff.crashed(false);
        }
        assertThat(backoff.crashed(true)).isEqualTo(new Again(Duration.ofMillis(100)));
        assertThat(backoff.crashed(false)).isEqualTo(new Again(Duration.ofMillis(200)));
    }

    @Test
    void neverGivesUpWhatGetsReady() {
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.crashed(true)).isEqualTo(new Again(Duration.ofMillis(100)));
        }
    }
}
