package dev.gatehouse.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Standing;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTests {

    private static final Standing STANDING = new Standing(
            Optional.of(new Standing.Room(60, 59, Duration.ofSeconds(1))),
            Optional.of(new Standing.Room(150_000, 149_984, Duration.ofMinutes(6))));

    @Test
    void namesBothLimitsAsOpenAiDoes() {
        HttpHeadersBuilder headers = HttpHeaders.builder();
        RateLimits.add(headers, STANDING);
        assertThat(headers.build().stream().map(header -> header.getKey() + ": " + header.getValue()))
                .containsExactly(
                        "x-ratelimit-limit-requests: 60",
                        "x-ratelimit-remaining-requests: 59",
                        "x-ratelimit-reset-requests: 1s",
                        "x-ratelimit-limit-tokens: 150000",
                        "x-ratelimit-remaining-tokens: 149984",
                        "x-ratelimit-reset-tokens: 6m0s");
    }

    @Test
    void namesNothingWhereNothingLimits() {
        HttpHeadersBuilder headers = HttpHeaders.builder();
        RateLimits.add(headers, Standing.UNLIMITED);
        assertThat(headers.build().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0ms",
        "PT0.000001S, 1ms",
        "PT0.12S, 120ms",
        "PT0.9999S, 1s",
        "PT1.5S, 1.5s",
        "PT60S, 1m0s",
        "PT6M, 6m0s",
        "PT1H0M30.25S, 1h0m30.25s",
        "PT50H, 50h0m0s",
    })
    void writesATimeAsOpenAiDoesAndNeverTooShort(Duration time, String words) {
        assertThat(RateLimits.words(time)).isEqualTo(words);
    }

    @Test
    void everyKindOfAnswerHasThem() {
        for (Client.Answer answer : new Client.Answer[] {
            Client.stream(sink -> {
                sink.standing(STANDING);
                sink.end(Reason.STOP, Usage.NONE);
            }),
            Client.whole(sink -> {
                sink.standing(STANDING);
                sink.end(Reason.STOP, Usage.NONE);
            }),
            Client.whole(sink -> {
                sink.standing(STANDING);
                sink.fail(Problem.of(Code.BUDGET_EXCEEDED, "spent"));
            })
        }) {
            assertThat(answer.headers().get("x-ratelimit-remaining-requests")).isEqualTo("59");
            assertThat(answer.headers().get("x-ratelimit-remaining-tokens")).isEqualTo("149984");
        }
    }
}
