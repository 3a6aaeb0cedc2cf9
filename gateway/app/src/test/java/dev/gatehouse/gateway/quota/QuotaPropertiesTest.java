package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

final class QuotaPropertiesTest {

    private final ApplicationContextRunner room = new ApplicationContextRunner().withUserConfiguration(Room.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(QuotaProperties.class)
    static class Room {}

    @Test
    void allowSixThousandRequestsAMinute() {
        room.run(context -> assertThat(context.getBean(QuotaProperties.class).requestsPerMinute())
                .isEqualTo(6_000));
    }

    @Test
    void allowTheBenchAsManyAsItCanSend() {
        room.withPropertyValues("gatehouse.quota.requests-per-minute=1000000000")
                .run(context -> assertThat(
                                context.getBean(QuotaProperties.class).requestsPerMinute())
                        .isEqualTo(1_000_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse.quota.requests-per-minute=0",
                "gatehouse.quota.requests-per-minute=1000000001",
                "gatehouse.quota.request-per-minute=60"
            })
    void refuseWhatTheyDoNotUnderstand(String setting) {
        room.withPropertyValues(setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining(
                                setting.contains("requests") ? "requestsPerMinute" : "request-per-minute"));
    }
}
