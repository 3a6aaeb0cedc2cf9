package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(Stacks.class)
class AnthropicSdkIT {

    private static final String MODEL = "tiny-moe";
    private static final String QUESTION = "What is 123 + 456?";

    /** It ends with a digit, which the guard holds until the thinking is over. */
    private static final String THOUGHT = "3+6+0=9; 2+5+0=7; 1+4+0=5";

    private static final String BODY = Anthropic.message(MODEL, QUESTION, "\"temperature\":0");

    @Test
    void javaStreamsTheRightAnswerWithItsThinkingApart(Stack stack) {
        MessageAccumulator gathered = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                Anthropic.sdk(stack).messages().createStreaming(params())) {
            stream.stream().forEach(gathered::accumulate);
        }
        assertAnswered(gathered.message());
    }

    @Test
    void javaGetsTheRightAnswerInOnePiece(Stack stack) {
        assertAnswered(Anthropic.sdk(stack).messages().create(params()));
    }

    private static void assertAnswered(Message message) {
        assertThat(message.content()).hasSize(2);
        assertThat(message.content().getFirst().asThinking().thinking()).isEqualTo(THOUGHT);
        assertThat(message.content().getFirst().asThinking().signature()).isEmpty();
        assertThat(message.content().getLast().asText().text()).contains("579");
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.id()).startsWith("msg_");
        assertThat(message.model().asString()).isEqualTo(MODEL);
        Usage usage = message.usage();
        assertThat(usage.inputTokens() + usage.cacheReadInputTokens().orElseThrow())
                .isPositive();
        assertThat(usage.cacheCreationInputTokens()).contains(0L);
        assertThat(usage.outputTokensDetails().orElseThrow().thinkingTokens()).isBetween(1L, usage.outputTokens() - 1);
    }

    @Test
    void javaCountsTheTokensThatAMessageThenHas(Stack stack) {
        long counted = Anthropic.sdk(stack)
                .messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model(MODEL)
                        .addUserMessage(QUESTION)
                        .build())
                .inputTokens();
        Usage usage = Anthropic.sdk(stack).messages().create(params()).usage();
        assertThat(counted)
                .isEqualTo(usage.inputTokens() + usage.cacheReadInputTokens().orElseThrow());
    }

    @Test
    void javaListsModels(Stack stack) {
        assertThat(Anthropic.sdk(stack).models().list().data())
                .extracting(model -> model.id())
                .containsExactly(MODEL);
        assertThat(Anthropic.sdk(stack).models().retrieve(MODEL).displayName()).isEqualTo(MODEL);
    }

    @Test
    void nodeStreamsTheRightAnswerInTheRightOrder(Stack stack) {
        JsonNode said = NodeSdk.anthropic(stack, stack.key(), "stream", BODY);
        assertThat(String.join(
                        " ",
                        said.path("types").valueStream().map(JsonNode::asString).toList()))
                .matches("message_start thinking (thinking_delta )+signature_delta content_block_stop"
                        + " text (text_delta )+content_block_stop message_delta message_stop");
        assertThat(said.at("/message/content/0/thinking").asString()).isEqualTo(THOUGHT);
        assertThat(said.at("/message/content/1/text").asString()).contains("579");
        assertThat(said.at("/message/stop_reason").asString()).isEqualTo("end_turn");
        assertThat(said.at("/message/usage/output_tokens").asInt()).isPositive();
    }

    @Test
    void anAnswerWithoutThinkingHasNone(Stack stack) {
        JsonNode answer = Anthropic.ask(
                stack, Anthropic.message(MODEL, QUESTION, "\"temperature\":0", "\"thinking\":{\"type\":\"disabled\"}"));
        assertThat(answer.at("/content/0/type").asString()).isEqualTo("text");
        assertThat(answer.at("/usage/output_tokens_details/thinking_tokens").asInt(-1))
                .isZero();
    }

    @Test
    void nodeGetsTheRightAnswerInOnePieceWithEitherKindOfKey(Stack stack) {
        for (String way : new String[] {"whole", "bearer"}) {
            JsonNode said = NodeSdk.anthropic(stack, stack.key(), way, BODY);
            assertThat(said.at("/content/0/type").asString()).isEqualTo("thinking");
            assertThat(said.at("/content/1/text").asString()).contains("579");
        }
    }

    @Test
    void nodeCountsTokensAndListsModels(Stack stack) {
        String body = "{\"model\":\"tiny-moe\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        assertThat(NodeSdk.anthropic(stack, stack.key(), "count", body)
                        .path("input_tokens")
                        .asInt())
                .isPositive();
        JsonNode models = NodeSdk.anthropic(stack, stack.key(), "models", "");
        assertThat(models.path("ids").toString()).isEqualTo("[\"tiny-moe\"]");
        assertThat(models.at("/one/type").asString()).isEqualTo("model");
    }

    @Test
    void theUsageIsThatOfTheRecord(Stack stack) {
        JsonNode whole = Anthropic.ask(stack, BODY);
        String intent = whole.path("id").asString().substring("msg_".length());
        assertThat(new Outcomes(stack).of(intent))
                .containsEntry("kind", "completed")
                .containsEntry(
                        "completion_tokens", whole.at("/usage/output_tokens").toString());
        assertThat(stack.database().rows("SELECT dialect FROM intents WHERE id = ?::uuid", intent))
                .singleElement()
                .satisfies(row -> assertThat(row.get("dialect")).isEqualTo("anthropic"));
    }

    private static MessageCreateParams params() {
        return MessageCreateParams.builder()
                .model(MODEL)
                .maxTokens(200)
                .addUserMessage(QUESTION)
                .build();
    }
}
