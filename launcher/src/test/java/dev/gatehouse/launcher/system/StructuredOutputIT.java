package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Documents and calls of tools, of the shape that the SDKs' own helpers describe. */
@ExtendWith(MoeStacks.class)
class StructuredOutputIT {

    /** As the SDK makes a schema of it. */
    @SuppressWarnings("UnusedVariable")
    static final class Forecast {
        public long days;
        public boolean rain;
        public Unit unit = Unit.CELSIUS;
        public List<Long> degrees = List.of();
    }

    enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    /** A tool, as the SDK makes one of it. */
    @com.fasterxml.jackson.annotation.JsonClassDescription("Tells the weather of the next days.")
    static final class GetWeather {
        public long days;
        public Unit unit = Unit.CELSIUS;
    }

    @Test
    void javaGetsAnObjectOfTheClassThatItAskedFor(Stack stack) {
        for (int seed = 1; seed <= 3; seed++) {
            var answer = OpenAiSdkIT.java(stack)
                    .chat()
                    .completions()
                    .create(params(seed).responseFormat(Forecast.class).build());
            Forecast forecast = answer.choices().getFirst().message().content().orElseThrow();
            assertThat(forecast.unit).isNotNull();
            assertThat(forecast.degrees).isNotNull();
        }
    }

    @Test
    void javaCallsAToolAndSendsItsResult(Stack stack) {
        ChatCompletionCreateParams.Builder params = params(2)
                .addTool(GetWeather.class)
                .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                .parallelToolCalls(false);
        ChatCompletion called = OpenAiSdkIT.java(stack).chat().completions().create(params.build());
        ChatCompletion.Choice choice = called.choices().getFirst();
        List<ChatCompletionMessageToolCall> calls = choice.message().toolCalls().orElseThrow();

        assertThat(choice.finishReason().asString()).isEqualTo("tool_calls");
        assertThat(calls).hasSize(1);
        var function = calls.getFirst().asFunction();
        assertThat(function.function().name()).isEqualTo("GetWeather");
        assertThat(function.function().arguments(GetWeather.class).unit).isNotNull();
        ChatCompletion answer = OpenAiSdkIT.java(stack)
                .chat()
                .completions()
                .create(params.addMessage(choice.message())
                        .addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId(function.id())
                                .content("sun")
                                .build())
                        .toolChoice(ChatCompletionToolChoiceOption.Auto.NONE)
                        .build());
        assertThat(answer.choices().getFirst().finishReason().asString()).isIn("stop", "length");
        assertThat(answer.usage().orElseThrow().promptTokens())
                .isGreaterThan(called.usage().orElseThrow().promptTokens());
    }

    @Test
    void nodeParsesTheDocumentOfItsSchema(Stack stack) {
        JsonNode parsed = NodeSdk.run(stack, "document", MoeStacks.MODEL);
        assertThat(parsed.path("days").isIntegralNumber()).isTrue();
        assertThat(parsed.path("unit").asString()).isIn("celsius", "fahrenheit");
    }

    @Test
    void nodeStreamsCallsOfTools(Stack stack) {
        JsonNode said = NodeSdk.run(stack, "tools", MoeStacks.MODEL);
        assertThat(said.path("finish").asString()).isEqualTo("tool_calls");
        assertThat(said.path("calls")).isNotEmpty().allSatisfy(call -> {
            assertThat(call.path("name").asString()).isEqualTo("get_weather");
            assertThat(call.at("/arguments/unit").asString()).isIn("celsius", "fahrenheit");
        });
        assertThat(said.path("deltas").asInt()).isGreaterThan(3);
        assertThat(said.path("after").asString()).isIn("stop", "length");
    }

    @Test
    void whatASchemaAsksForInVainIsNamed(Stack stack) {
        JsonNode error = NodeSdk.run(
                stack,
                "failure",
                Client.chat(
                        MoeStacks.MODEL,
                        "x",
                        false,
                        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":"
                                + "{\"type\":\"object\",\"minProperties\":1}}}"));
        assertThat(error.path("status").asInt()).isEqualTo(400);
        assertThat(error.path("code").asString()).isEqualTo("unsupported_value");
        assertThat(error.path("param").asString()).isEqualTo("response_format.json_schema.schema.minProperties");
    }

    private static ChatCompletionCreateParams.Builder params(long seed) {
        return ChatCompletionCreateParams.builder()
                .model(MoeStacks.MODEL)
                .seed(seed)
                .maxCompletionTokens(1500)
                .reasoningEffort(ReasoningEffort.NONE)
                .addSystemMessage("Be brief.")
                .addUserMessage("What is the weather in Paris?");
    }
}
