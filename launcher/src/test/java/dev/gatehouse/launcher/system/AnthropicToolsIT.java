package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolUseBlock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Tool calls, as the echo engine plays them. */
@ExtendWith(EchoStacks.class)
class AnthropicToolsIT {

    private static final String ARGUMENTS = "{\"city\":\"Köln\",\"days\":[1,2]}";
    private static final Script CALL = Script.says("Let me see.")
            .with("reasoning", "The weather is asked for.")
            .with("tool", Map.of("name", "weather", "arguments", ARGUMENTS));
    private static final String TOOLS =
            "\"tools\":[{\"name\":\"weather\",\"description\":\"Tells it\",\"input_schema\":{\"type\":\"object\","
                    + "\"properties\":{\"city\":{\"type\":\"string\"}}}}]";

    @Test
    void javaGetsACallInOnePieceAndStreamed(Stack stack) {
        assertCalled(Anthropic.sdk(stack).messages().create(params()));
        MessageAccumulator gathered = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                Anthropic.sdk(stack).messages().createStreaming(params())) {
            stream.stream().forEach(gathered::accumulate);
        }
        assertCalled(gathered.message());
    }

    private static void assertCalled(Message message) {
        assertThat(message.content()).hasSize(3);
        assertThat(message.content().get(0).asThinking().thinking()).isEqualTo("The weather is asked for.");
        assertThat(message.content().get(1).asText().text()).isEqualTo("Let me see.");
        ToolUseBlock call = message.content().get(2).asToolUse();
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.id()).isNotEmpty();
        assertThat(call._input()).isEqualTo(JsonValue.from(Map.of("city", "Köln", "days", List.of(1, 2))));
        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
    }

    @Test
    void nodeGetsACallStreamedInTheRightOrder(Stack stack) {
        JsonNode said = NodeSdk.anthropic(stack, stack.key(), "stream", Anthropic.script(CALL, TOOLS));
        assertThat(String.join(
                        " ",
                        said.path("types").valueStream().map(JsonNode::asString).toList()))
                .matches("message_start thinking (thinking_delta )+signature_delta content_block_stop"
                        + " text (text_delta )+content_block_stop"
                        + " tool_use (input_json_delta )+content_block_stop message_delta message_stop");
        assertThat(said.at("/message/content/2/input").toString()).isEqualTo(ARGUMENTS);
        assertThat(said.at("/message/stop_reason").asString()).isEqualTo("tool_use");
    }

    @Test
    void aCallItsResultAndItsThinkingCanBeSentBack(Stack stack) {
        JsonNode called = Anthropic.ask(stack, Anthropic.script(CALL, TOOLS));
        String result = "[{\"type\":\"tool_result\",\"tool_use_id\":" + called.at("/content/2/id")
                + ",\"content\":[{\"type\":\"text\",\"text\":\"rain\"}]},{\"type\":\"text\",\"text\":\"and now?\"}]";
        String body = "{\"model\":\"echo\",\"max_tokens\":100,\"system\":[{\"type\":\"text\",\"text\":\"Be brief.\"}],"
                + TOOLS
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Weather?\"},{\"role\":\"assistant\",\"content\":"
                + called.path("content") + "},{\"role\":\"user\",\"content\":" + result + "}]}";
        JsonNode answer = Anthropic.ask(stack, body);
        assertThat(answer.at("/content/0/text").asString()).isEqualTo("and now?");
    }

    @Test
    void anAnswerThatIsTooLongEndsWithMaxTokens(Stack stack) {
        JsonNode answer = Anthropic.ask(
                stack, Anthropic.script(Script.words(50)).replace("\"max_tokens\":4096", "\"max_tokens\":5"));
        assertThat(answer.path("stop_reason").asString()).isEqualTo("max_tokens");
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(5);
    }

    @Test
    void aTextThatStopsAnAnswerIsHonoured(Stack stack) {
        JsonNode answer = Anthropic.ask(
                stack, Anthropic.script(Script.says("one two STOP three"), "\"stop_sequences\":[\"STOP\"]"));
        assertThat(answer.at("/content/0/text").asString()).isEqualTo("one two ");
    }

    @Test
    void aCountOfTokensIsAuditedAndUsesNothing(Stack stack) {
        String body =
                "{\"model\":\"echo\",\"system\":\"one two\",\"messages\":[{\"role\":\"user\",\"content\":\"three\"}]}";
        var answer = Anthropic.post(stack, "/messages/count_tokens", body);
        assertThat(answer.body()).isEqualTo("{\"input_tokens\":3}");
        String intent = answer.headers().firstValue("request-id").orElseThrow();
        assertThat(new Outcomes(stack).of(intent))
                .containsEntry("kind", "completed")
                .containsEntry("prompt_tokens", "0")
                .containsEntry("completion_tokens", "0");
        assertThat(new NodeRecords(stack, "worker-1").of(intent)).isEmpty();
    }

    private static MessageCreateParams params() {
        return MessageCreateParams.builder()
                .model(EchoStacks.MODEL)
                .maxTokens(200)
                .addUserMessage(Client.JSON.writeValueAsString(CALL.members()))
                .addTool(Tool.builder()
                        .name("weather")
                        .description("Tells it")
                        .inputSchema(Tool.InputSchema.builder().build())
                        .build())
                .toolChoice(ToolChoiceAny.builder().build())
                .build();
    }
}
