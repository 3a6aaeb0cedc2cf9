package dev.gatehouse.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

final class ExchangePropertiesTest {

    private final ApplicationContextRunner room = new ApplicationContextRunner().withUserConfiguration(Room.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ExchangeProperties.class)
    static class Room {}

    @Test
    void waitTenMinutesForANodeAndCorrectTwiceAMinute() {
        room.run(context -> assertThat(context.getBean(ExchangeProperties.class))
                .isEqualTo(new ExchangeProperties(Duration.ofMinutes(10), Duration.ofSeconds(30))));
    }

    @ParameterizedTest
    @CsvSource({
        "recovery-patience=-1s, gatehouse.exchange.recovery-patience must be",
        "recovery-patience=24h, gatehouse.exchange.recovery-patience must be",
        "correction-interval=999ms, gatehouse.exchange.correction-interval must be",
        "recovery-pause=1s, recovery-pause"
    })
    void refuseWhatCanNotWork(String setting, String said) {
        room.withPropertyValues("gatehouse.exchange." + setting)
                .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(said));
    }
}
