package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import tools.jackson.databind.JsonNode;

/** LangChain4j and Spring AI: a chat, a stream and a call of a tool each. */
@ExtendWith(MoeStacks.class)
class FrameworksIT {

    private static final String QUESTION = "What is the weather?";

    @Test
    void langChain4jChats(Stack stack) {
        ChatResponse answer = langChain(stack).chat(request().build());

        assertThat(answer.tokenUsage().outputTokenCount()).isPositive();
        assertThat(answer.aiMessage().text()).isNotEmpty();
    }

    @Test
    void langChain4jStreamsThePiecesOfItsAnswer(Stack stack) throws Exception {
        Gathered gathered = new Gathered();
        OpenAiStreamingChatModel.builder()
                .baseUrl(stack.baseUrl())
                .apiKey(stack.key())
                .modelName(MoeStacks.MODEL)
                .seed(2)
                .reasoningEffort("none")
                .maxCompletionTokens(1000)
                .build()
                .chat(request().build(), gathered);

        ChatResponse whole = gathered.complete.get(60, TimeUnit.SECONDS);
        assertThat(whole.aiMessage().text()).isNotEmpty().isEqualTo(gathered.pieces.toString());
        assertThat(gathered.count).isGreaterThan(1);
    }

    @Test
    void langChain4jCallsATool(Stack stack) {
        ToolSpecification tool = ToolSpecification.builder()
                .name("get_weather")
                .description("Tells the weather")
                .parameters(JsonObjectSchema.builder()
                        .addEnumProperty("unit", List.of("celsius", "fahrenheit"))
                        .required("unit")
                        .build())
                .build();
        ChatResponse answer = langChain(stack)
                .chat(request()
                        .toolSpecifications(tool)
                        .toolChoice(ToolChoice.REQUIRED)
                        .build());

        ToolExecutionRequest call = answer.aiMessage().toolExecutionRequests().getFirst();
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(unit(call.arguments())).isIn("celsius", "fahrenheit");
    }

    @Test
    void springAiChats(Stack stack) {
        var answer = springAi(stack).call(new Prompt(QUESTION, options(stack).build()));

        assertThat(answer.getMetadata().getUsage().getCompletionTokens()).isPositive();
        assertThat(answer.getResults().getFirst().getOutput().getText()).isNotEmpty();
    }

    @Test
    void springAiStreams(Stack stack) {
        List<String> pieces = springAi(stack).stream(
                        new Prompt(QUESTION, options(stack).build()))
                .flatMapIterable(piece -> piece.getResults())
                .mapNotNull(piece -> piece.getOutput().getText())
                .collectList()
                .block();

        assertThat(pieces).hasSizeGreaterThan(1);
    }

    @Test
    void springAiCallsATool(Stack stack) {
        var tool = FunctionToolCallback.builder("get_weather", (Weather asked) -> "sun")
                .description("Tells the weather")
                .inputType(Weather.class)
                .inputSchema("{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"unit\"],"
                        + "\"properties\":{\"unit\":{\"enum\":[\"CELSIUS\",\"FAHRENHEIT\"]}}}")
                .build();
        var answer = springAi(stack)
                .call(new Prompt(
                        QUESTION,
                        options(stack)
                                .toolCallbacks(List.of(tool))
                                .toolChoice("required")
                                .build()));

        AssistantMessage.ToolCall call =
                answer.getResults().getFirst().getOutput().getToolCalls().getFirst();
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(unit(call.arguments())).isIn("CELSIUS", "FAHRENHEIT");
    }

    /** What the tool takes. */
    record Weather(StructuredOutputIT.Unit unit) {}

    private static String unit(String arguments) {
        JsonNode json = Client.JSON.readTree(arguments);
        return json.path("unit").asString();
    }

    private static ChatRequest.Builder request() {
        return ChatRequest.builder().messages(UserMessage.from(QUESTION));
    }

    private static dev.langchain4j.model.openai.OpenAiChatModel langChain(Stack stack) {
        return dev.langchain4j.model.openai.OpenAiChatModel.builder()
                .baseUrl(stack.baseUrl())
                .apiKey(stack.key())
                .modelName(MoeStacks.MODEL)
                .seed(2)
                .reasoningEffort("none")
                .maxCompletionTokens(1000)
                .maxRetries(0)
                .build();
    }

    private static OpenAiChatModel springAi(Stack stack) {
        return OpenAiChatModel.builder()
                .options((OpenAiChatOptions) options(stack).build())
                .build();
    }

    private static OpenAiChatOptions.Builder options(Stack stack) {
        return (OpenAiChatOptions.Builder) OpenAiChatOptions.builder()
                .baseUrl(stack.baseUrl())
                .apiKey(stack.key())
                .model(MoeStacks.MODEL)
                .seed(2)
                .reasoningEffort("none")
                .maxCompletionTokens(1000)
                .maxRetries(0);
    }

    /** A stream's pieces and its end. */
    private static final class Gathered implements StreamingChatResponseHandler {

        private final StringBuilder pieces = new StringBuilder();
        private int count;
        private final CompletableFuture<ChatResponse> complete = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            pieces.append(piece);
            count++;
        }

        @Override
        public void onCompleteResponse(ChatResponse answer) {
            complete.complete(answer);
        }

        @Override
        public void onError(Throwable failure) {
            complete.completeExceptionally(failure);
        }
    }
}
