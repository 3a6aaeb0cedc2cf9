package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(Stacks.class)
class OpenAiSdkIT {

    private static final String QUESTION = "What is 123 + 456?";

    @Test
    void javaStreamsTheRightAnswer(Stack stack) {
        StringBuilder content = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<ChatCompletionChunk> chunks;
        try (StreamResponse<ChatCompletionChunk> stream =
                java(stack).chat().completions().createStreaming(streamed())) {
            chunks = stream.stream().toList();
        }
        for (ChatCompletionChunk chunk : chunks) {
            chunk.choices().forEach(choice -> {
                choice.delta().content().ifPresent(content::append);
                reasoning.append(extra(choice.delta()._additionalProperties().get("reasoning_content")));
            });
        }
        assertThat(content).contains("579");
        assertThat(reasoning).isNotEmpty();
        assertThat(chunks)
                .extracting(ChatCompletionChunk::id)
                .containsOnly(chunks.getFirst().id());
        CompletionUsage usage = chunks.getLast().usage().orElseThrow();
        assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
        assertThat(usage.completionTokensDetails()
                        .orElseThrow()
                        .reasoningTokens()
                        .orElseThrow())
                .isBetween(1L, usage.completionTokens() - 1);
    }

    @Test
    void javaGetsTheRightAnswerInOnePiece(Stack stack) {
        ChatCompletion answer = java(stack).chat().completions().create(params().build());
        assertThat(answer.choices().getFirst().message().content().orElseThrow())
                .contains("579");
        assertThat(answer.choices().getFirst().finishReason().asString()).isEqualTo("stop");
        assertThat(extra(answer.choices()
                        .getFirst()
                        .message()
                        ._additionalProperties()
                        .get("reasoning_content")))
                .isNotEmpty();
    }

    @Test
    void javaListsModels(Stack stack) {
        assertThat(java(stack).models().list().data())
                .extracting(model -> model.id())
                .containsExactly("tiny-moe");
        assertThat(java(stack).models().retrieve("tiny-moe").ownedBy()).isNotEmpty();
    }

    @Test
    void nodeStreamsTheRightAnswer(Stack stack) {
        JsonNode said = NodeSdk.run(stack, "stream", QUESTION);
        assertThat(said.path("content").asString()).contains("579");
        assertThat(said.path("reasoning").asString()).isNotEmpty();
        assertThat(said.at("/usage/completion_tokens").asInt()).isPositive();
    }

    @Test
    void nodeGetsTheRightAnswerInOnePiece(Stack stack) {
        JsonNode said = NodeSdk.run(stack, "whole", QUESTION);
        assertThat(said.at("/choices/0/message/content").asString()).contains("579");
        assertThat(said.at("/choices/0/message/reasoning_content").asString()).isNotEmpty();
    }

    @Test
    void nodeListsModels(Stack stack) {
        assertThat(NodeSdk.run(stack, "models", "").path("ids").toString()).isEqualTo("[\"tiny-moe\"]");
    }

    @Test
    void theUsageOfAStreamEqualsThatOfTheWholeAnswerAndOfTheRecord(Stack stack) {
        stack.client().ask(Client.chat("tiny-moe", QUESTION, false)); // from here on the prompt is cached
        List<String> events = stack.client().stream(
                Client.chat("tiny-moe", QUESTION, true, "\"stream_options\":{\"include_usage\":true}"));
        JsonNode streamed = Client.JSON.readTree(events.get(events.size() - 2));
        JsonNode whole = stack.client().ask(Client.chat("tiny-moe", QUESTION, false));
        assertThat(events.getLast()).isEqualTo("[DONE]");
        assertThat(streamed.path("usage")).isEqualTo(whole.path("usage"));
        String intent = whole.path("id").asString().substring("chatcmpl-".length());
        assertThat(stack.database().rows("SELECT kind, completion_tokens FROM outcomes WHERE intent = ?::uuid", intent))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get("kind")).isEqualTo("completed");
                    assertThat(row.get("completion_tokens"))
                            .isEqualTo(whole.at("/usage/completion_tokens").toString());
                });
    }

    static OpenAIClient java(Stack stack) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(stack.baseUrl())
                .apiKey(stack.key())
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams.Builder params() {
        return ChatCompletionCreateParams.builder()
                .model("tiny-moe")
                .temperature(0)
                .addUserMessage(QUESTION);
    }

    private static ChatCompletionCreateParams streamed() {
        return params().streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
    }

    private static String extra(com.openai.core.@org.jspecify.annotations.Nullable JsonValue value) {
        return value == null ? "" : value.asStringOrThrow();
    }
}
