package dev.gatehouse.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MessageStreamTests {

    @Test
    void everyRunOfOneChannelIsABlockAndOneIsOverBeforeTheNextBegins() {
        List<JsonNode> events = ended(
                Client.thinking("so"),
                Client.thinking(" it is"),
                Client.text("5"),
                Client.call(0, "call_1", "add", ""),
                Client.call(0, "", "", "{\"a\":1}"),
                Client.call(1, "call_2", "end", "{}"));
        assertThat(events)
                .extracting(MessageStreamTests::described)
                .containsExactly(
                        "message_start",
                        "content_block_start 0 thinking",
                        "content_block_delta 0 thinking_delta",
                        "content_block_delta 0 thinking_delta",
                        "content_block_delta 0 signature_delta",
                        "content_block_stop 0",
                        "content_block_start 1 text",
                        "content_block_delta 1 text_delta",
                        "content_block_stop 1",
                        "content_block_start 2 tool_use",
                        "content_block_delta 2 input_json_delta",
                        "content_block_stop 2",
                        "content_block_start 3 tool_use",
                        "content_block_delta 3 input_json_delta",
                        "content_block_stop 3",
                        "message_delta",
                        "message_stop");
    }

    @Test
    void deltasOfSeveralChannelsInOneFrameAreToldApart() {
        Span both =
                Client.span(new Delta.Reasoning(Channel.reasoning(0), "9"), new Delta.Text(Channel.content(0), "5"));
        assertThat(ended(both))
                .extracting(MessageStreamTests::described)
                .contains("content_block_delta 0 thinking_delta", "content_block_delta 1 text_delta");
    }

    @Test
    void namesEachEventAfterItsType() {
        String text = Client.stream(sink -> {
                    sink.spans(List.of(Client.text("5")));
                    sink.end(Reason.STOP, Client.USED);
                })
                .text();
        assertThat(text)
                .startsWith("event: message_start\ndata: {\"type\":\"message_start\",")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void beginsWithAnEmptyMessageAndTellsTheUsageAtTheEnd() {
        List<JsonNode> events = ended(Client.text("5"));
        JsonNode message = events.getFirst().path("message");
        assertThat(message.path("id").asString()).isEqualTo("msg_" + Client.ID);
        assertThat(message.path("model").asString()).isEqualTo("tiny-moe");
        assertThat(message.path("content")).isEmpty();
        assertThat(message.path("stop_reason").isNull()).isTrue();
        JsonNode usage = events.get(events.size() - 2).path("usage");
        assertThat(usage.path("input_tokens").asInt()).isEqualTo(10);
        assertThat(usage.path("cache_read_input_tokens").asInt()).isEqualTo(4);
        assertThat(usage.path("cache_creation_input_tokens").asInt()).isZero();
        assertThat(usage.path("output_tokens").asInt()).isEqualTo(22);
        assertThat(usage.at("/output_tokens_details/thinking_tokens").asInt()).isEqualTo(16);
    }

    @Test
    void anAnswerOfWhichNothingCameIsAMessageWithoutContent() {
        assertThat(ended())
                .extracting(MessageStreamTests::described)
                .containsExactly("message_start", "message_delta", "message_stop");
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,end_turn",
        "LENGTH,max_tokens",
        "BUDGET,max_tokens",
        "TOOL_CALLS,tool_use",
        "CONTENT_FILTER,refusal"
    })
    void tellsWhyItEnded(Reason reason, String wire) {
        List<JsonNode> events =
                Client.stream(sink -> sink.end(reason, Client.USED)).events();
        assertThat(events.get(1).at("/delta/stop_reason").asString()).isEqualTo(wire);
        assertThat(events.get(1).at("/gh/stop").asString("")).isEqualTo(reason == Reason.BUDGET ? "budget" : "");
    }

    @Test
    void aFaultAfterTheFirstByteIsAnErrorEventAndTheLast() {
        List<JsonNode> events = Client.stream(sink -> {
                    sink.spans(List.of(Client.text("5")));
                    sink.fail(Problem.of(Code.UPSTREAM_LOST, "gone"));
                })
                .events();
        assertThat(events.getLast().toString())
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"gone\","
                        + "\"details\":{\"error_code\":\"upstream_lost\"}},\"request_id\":\"" + Client.ID + "\"}");
    }

    @Test
    void aFaultBeforeTheFirstByteHasItsOwnStatus() {
        Client.Answer answer = Client.stream(sink -> sink.fail(Problem.of(Code.NO_NODE, "none")));
        assertThat(answer.headers().status().code()).isEqualTo(529);
        assertThat(answer.json().at("/error/type").asString()).isEqualTo("overloaded_error");
    }

    @Test
    void namesTheRequestInItsHead() {
        var headers = Client.stream(sink -> sink.end(Reason.STOP, Client.USED)).headers();
        assertThat(headers.get("content-type")).isEqualTo("text/event-stream");
        assertThat(headers.get("request-id")).isEqualTo(Client.ID.toString());
        assertThat(headers.get("x-request-id")).isEqualTo(Client.ID.toString());
    }

    private static List<JsonNode> ended(Span... spans) {
        return Client.stream(sink -> {
                    sink.spans(List.of(spans));
                    sink.end(Reason.STOP, Client.USED);
                })
                .events();
    }

    private static String described(JsonNode event) {
        String index = event.has("index") ? " " + event.path("index") : "";
        String inner =
                event.at("/content_block/type").asString(event.at("/delta/type").asString(""));
        return (event.path("type").asString() + index + " " + inner).strip();
    }
}
