package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.OverloadedException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.SseException;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.gatehouse.launcher.Eventually;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong on our side, as the SDK tells it. */
@ExtendWith(EchoStacks.class)
class AnthropicFailuresIT {

    @Test
    void aNodeThatDiesInMidStreamIsAnErrorEventAndThenAnOverloadUntilItIsBack(Stack stack) {
        long worker = stack.pid("worker-1");
        MessageCreateParams params =
                Anthropic.params(Anthropic.script(Script.words(2000).pacedMs(10)));
        try (StreamResponse<RawMessageStreamEvent> stream =
                Anthropic.sdk(stack).messages().createStreaming(params)) {
            Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
            for (int i = 0; i < 20; i++) {
                events.next();
            }
            stack.kill("worker-1");
            SseException lost = catchThrowableOfType(SseException.class, () -> events.forEachRemaining(event -> {}));
            assertThat(lost.type().orElseThrow().asString()).isEqualTo("api_error");
            assertThat(lost.errorCode()).contains("upstream_lost");
        }
        AnthropicServiceException refused = catchThrowableOfType(
                AnthropicServiceException.class,
                () -> Anthropic.sdk(stack).messages().create(params));
        assertThat(refused.errorCode().orElseThrow()).isIn("upstream_lost", "no_healthy_node");
        AnthropicServiceException away = catchThrowableOfType(
                AnthropicServiceException.class,
                () -> Anthropic.sdk(stack).messages().create(params));
        assertThat(away).isExactlyInstanceOf(OverloadedException.class);
        assertThat(away.errorCode()).contains("no_healthy_node");
        assertThat(away.headers().values("retry-after")).isNotEmpty();
        stack.awaitRestart("worker-1", worker);
        awaitAnswer(stack);
    }

    private static void awaitAnswer(Stack stack) {
        String body = Anthropic.script(Script.says("hi"));
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> Anthropic.post(stack, "/messages", body).statusCode() == 200,
                () -> "the node is not back");
    }

    @Test
    void aKeyThatIsUsedUpIsARateLimit(Stack stack) {
        String key = Keys.limited(stack, "requests", "minute", 1, "gateway-1");
        MessageCreateParams params = Anthropic.params(Anthropic.script(Script.says("hi")));
        assertThat(Anthropic.sdk(stack, key).messages().create(params).content())
                .hasSize(1);
        RateLimitException limited = catchThrowableOfType(
                RateLimitException.class,
                () -> Anthropic.sdk(stack, key).messages().create(params));
        assertThat(limited.type().orElseThrow().asString()).isEqualTo("rate_limit_error");
        assertThat(limited.headers().values("retry-after")).isNotEmpty();
    }
}
