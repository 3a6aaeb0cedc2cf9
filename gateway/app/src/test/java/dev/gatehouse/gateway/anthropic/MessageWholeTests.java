package dev.gatehouse.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MessageWholeTests {

    @Test
    void hasABlockForEachRunOfOneChannel() {
        JsonNode message = ended(
                Reason.TOOL_CALLS,
                Client.thinking("so "),
                Client.thinking("it is"),
                Client.text("5"),
                Client.call(0, "call_1", "add", ""),
                Client.call(0, "", "", "{\"a\":[1,2"),
                Client.call(0, "", "", "]}"));
        assertThat(message.path("content").toString())
                .isEqualTo("[{\"type\":\"thinking\",\"thinking\":\"so it is\",\"signature\":\"\"},"
                        + "{\"type\":\"text\",\"text\":\"5\",\"citations\":null},"
                        + "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"add\",\"input\":{\"a\":[1,2]},"
                        + "\"caller\":{\"type\":\"direct\"}}]");
        assertThat(message.path("stop_reason").asString()).isEqualTo("tool_use");
        assertThat(message.at("/usage/input_tokens").asInt()).isEqualTo(10);
    }

    @Test
    void aCallWithoutArgumentsHasAnEmptyInput() {
        assertThat(ended(Reason.TOOL_CALLS, Client.call(0, "c", "now", "")).at("/content/0/input"))
                .isEmpty();
    }

    @Test
    void aCallThatTheAnswerEndsWithinIsLeftOut() {
        JsonNode message = ended(Reason.LENGTH, Client.text("5"), Client.call(0, "c", "add", "{\"a\":"));
        assertThat(message.path("content")).hasSize(1);
        assertThat(message.path("stop_reason").asString()).isEqualTo("max_tokens");
    }

    @Test
    void startsAnewForAnotherUpstream() {
        JsonNode message = Client.whole(sink -> {
                    sink.spans(List.of(Client.text("old")));
                    assertThat(sink.restart()).isTrue();
                    sink.spans(List.of(Client.text("new")));
                    sink.end(Reason.STOP, Client.USED);
                })
                .json();
        assertThat(message.path("content")).hasSize(1);
        assertThat(message.at("/content/0/text").asString()).isEqualTo("new");
    }

    @Test
    void aCountIsThePromptsTokens() {
        assertThat(Client.count(sink -> sink.end(Reason.STOP, new Usage(14, 0, 0, 0, Meters.NONE, true)))
                        .text())
                .isEqualTo("{\"input_tokens\":14}");
    }

    private static JsonNode ended(Reason reason, Span... spans) {
        return Client.whole(sink -> {
                    sink.spans(List.of(spans));
                    sink.end(reason, Client.USED);
                })
                .json();
    }
}
