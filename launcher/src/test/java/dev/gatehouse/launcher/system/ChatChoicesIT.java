package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Several choices, seeds, stop texts and log probabilities. */
@ExtendWith(MoeStacks.class)
class ChatChoicesIT {

    /** So that all answers begin alike: a prompt that is computed in one piece may differ in its last digits from one that is cached. */
    @BeforeEach
    void thePromptIsCached(Stack stack) {
        content(stack, chat().maxCompletionTokens(1));
    }

    @Test
    void javaGetsThreeChoicesStreamedAndInOnePiece(Stack stack) {
        ChatCompletion whole = OpenAiSdkIT.java(stack).chat().completions().create(three().build());

        assertThat(List.of(whole, streamed(stack, three()))).allSatisfy(answer -> {
            assertThat(contents(answer)).hasSize(3).doesNotHaveDuplicates().doesNotContain("");
            assertThat(answer.choices())
                    .extracting(ChatCompletion.Choice::index)
                    .containsExactly(0L, 1L, 2L);
            assertThat(answer.choices())
                    .extracting(choice -> choice.finishReason().asString())
                    .isSubsetOf("stop", "length");
            assertThat(answer.usage().orElseThrow().completionTokens()).isBetween(3L, 120L);
        });
    }

    @Test
    void theUsageOfThreeChoicesIsThatOfTheNodesRecordAndOfTheOutcome(Stack stack) {
        ChatCompletion answer = OpenAiSdkIT.java(stack).chat().completions().create(three().build());
        ChatCompletion one =
                OpenAiSdkIT.java(stack).chat().completions().create(three().n(1).build());
        CompletionUsage usage = answer.usage().orElseThrow();
        String intent = answer.id().substring("chatcmpl-".length());

        assertThat(usage.promptTokens()).isEqualTo(one.usage().orElseThrow().promptTokens());
        assertThat(usage.completionTokens())
                .isGreaterThan(one.usage().orElseThrow().completionTokens());
        JsonNode recorded =
                new NodeRecords(stack, "worker-1").of(intent).path(0).path("usage");
        assertThat(recorded.path("prompt_tokens").asLong()).isEqualTo(usage.promptTokens());
        assertThat(recorded.path("completion_tokens").asLong()).isEqualTo(usage.completionTokens());
        assertThat(new Outcomes(stack).of(intent))
                .containsEntry("completion_tokens", Long.toString(usage.completionTokens()));
    }

    @Test
    void aSeedMakesAnAnswerAgain(Stack stack) {
        String first = content(stack, chat().seed(3).maxCompletionTokens(8));
        assertThat(content(stack, chat().seed(3).maxCompletionTokens(8))).isEqualTo(first);
        assertThat(content(stack, chat().seed(4).maxCompletionTokens(8))).isNotEqualTo(first);
    }

    @Test
    void anAnswerEndsBeforeAStopText(Stack stack) {
        String all = content(stack, chat().seed(5).maxCompletionTokens(12));
        String stop = all.substring(all.length() / 2, all.length() / 2 + 2);

        assertThat(content(stack, chat().seed(5).maxCompletionTokens(12).stopOfStrings(List.of("never said", stop))))
                .isEqualTo(all.substring(0, all.indexOf(stop)));
    }

    @Test
    void logProbabilitiesComeStreamedAndInOnePiece(Stack stack) {
        ChatCompletionCreateParams.Builder asked =
                chat().seed(6).n(2).maxCompletionTokens(4).logprobs(true).topLogprobs(2);
        ChatCompletion whole = OpenAiSdkIT.java(stack).chat().completions().create(asked.build());

        for (ChatCompletion.Choice choice : whole.choices()) {
            var marks = choice.logprobs().orElseThrow().content().orElseThrow();
            assertThat(marks).isNotEmpty();
            assertThat(marks).allSatisfy(mark -> {
                assertThat(mark.logprob()).isNegative();
                assertThat(mark.topLogprobs()).hasSize(2);
            });
        }
        assertThat(streamed(stack, asked).choices())
                .extracting(choice ->
                        choice.logprobs().orElseThrow().content().orElseThrow().size())
                .isEqualTo(whole.choices().stream()
                        .map(choice -> choice.logprobs()
                                .orElseThrow()
                                .content()
                                .orElseThrow()
                                .size())
                        .toList());
    }

    @Test
    void nodeStreamsThreeChoices(Stack stack) {
        JsonNode said = NodeSdk.run(stack, "choices", MoeStacks.MODEL);

        assertThat(List.of(said.path("streamed"), said.path("whole"))).allSatisfy(answer -> {
            assertThat(answer).hasSize(3);
            for (int choice = 0; choice < 3; choice++) {
                assertThat(answer.path(choice).path(0).asInt()).isEqualTo(choice);
                assertThat(answer.path(choice).path(1).asString()).isIn("stop", "length");
                assertThat(answer.path(choice).path(2).asString()).isNotEmpty();
            }
        });
    }

    private static ChatCompletion streamed(Stack stack, ChatCompletionCreateParams.Builder params) {
        ChatCompletionAccumulator gathered = ChatCompletionAccumulator.create();
        ChatCompletionCreateParams asked = params.streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> stream =
                OpenAiSdkIT.java(stack).chat().completions().createStreaming(asked)) {
            stream.stream().forEach(gathered::accumulate);
        }
        return gathered.chatCompletion();
    }

    private static List<String> contents(ChatCompletion answer) {
        return answer.choices().stream()
                .map(choice -> choice.message().content().orElse(""))
                .toList();
    }

    private static String content(Stack stack, ChatCompletionCreateParams.Builder params) {
        return contents(OpenAiSdkIT.java(stack).chat().completions().create(params.build()))
                .getFirst();
    }

    private static ChatCompletionCreateParams.Builder three() {
        return chat().n(3).seed(1).maxCompletionTokens(40);
    }

    private static ChatCompletionCreateParams.Builder chat() {
        return ChatCompletionCreateParams.builder()
                .model(MoeStacks.MODEL)
                .maxCompletionTokens(200)
                .reasoningEffort(com.openai.models.ReasoningEffort.NONE)
                .addDeveloperMessage("Say something.")
                .addUserMessage("Hello!");
    }
}
