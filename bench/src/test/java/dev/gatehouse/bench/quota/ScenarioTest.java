package dev.gatehouse.bench.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScenarioTest {

    @Test
    void loseNobodyUndisturbed() {
        assertThat(vanishing(Scenario.CALM)).isZero();
        assertThat(Scenario.CALM.kill()).isFalse();
    }

    @Test
    void loseEveryFifthCallerDisturbed() {
        assertThat(vanishing(Scenario.ROUGH)).isEqualTo(Crowd.CALLERS / 5);
        assertThat(Scenario.ROUGH.kill()).isTrue();
    }

    private static long vanishing(Scenario scenario) {
        return IntStream.range(0, Crowd.CALLERS).filter(scenario::vanishes).count();
    }
}
