package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Stacks.class)
class LimitsIT {

    private static final String HELLO = Client.chat("tiny-moe", "Hello!", false, "\"max_tokens\":1");

    @Test
    void aKeyGetsItsRequestsPerMinuteAndThenATrueRetryAfter(Stack stack) {
        Client client = new Client(stack.baseUrl(), Keys.limited(stack, "requests", "minute", 3, "gateway-1"));
        List<HttpResponse<String>> answers =
                IntStream.range(0, 5).mapToObj(i -> client.post(HELLO)).toList();
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSizeBetween(3, 4);
        assertThat(answers.getFirst().headers().firstValue("x-ratelimit-limit-requests"))
                .contains("3");
        assertThat(answers.getFirst().headers().firstValue("x-ratelimit-remaining-requests"))
                .contains("2");
        HttpResponse<String> refused = answers.getLast();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("rate_limit_exceeded", "rate_limit_error");
        assertThat(Integer.parseInt(refused.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(1, 20);
    }

    @Test
    void bothSdksSeeTheirOwnRateLimitError(Stack stack) {
        String key = Keys.limited(stack, "requests", "minute", 1, "gateway-1");
        assertThat(new Client(stack.baseUrl(), key).post(HELLO).statusCode()).isEqualTo(200);
        RateLimitException java = catchThrowableOfType(
                RateLimitException.class,
                () -> OpenAIOkHttpClient.builder()
                        .baseUrl(stack.baseUrl())
                        .apiKey(key)
                        .maxRetries(0)
                        .build()
                        .chat()
                        .completions()
                        .create(ChatCompletionCreateParams.builder()
                                .model("tiny-moe")
                                .addUserMessage("Hello!")
                                .build()));
        assertThat(java.code()).contains("rate_limit_exceeded");
        assertThat(NodeSdk.run(stack.baseUrl(), key, "failure", HELLO)
                        .path("type")
                        .asString())
                .isEqualTo("RateLimitError");
    }
}
