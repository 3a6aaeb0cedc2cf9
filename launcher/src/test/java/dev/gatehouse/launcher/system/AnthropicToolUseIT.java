package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A tool that a model itself calls, through the Anthropic dialect. */
@ExtendWith(MoeStacks.class)
class AnthropicToolUseIT {

    @Test
    void aToolIsUsedWithAnInputOfItsSchema(Stack stack) {
        Message message = Anthropic.sdk(stack)
                .messages()
                .create(MessageCreateParams.builder()
                        .model(MoeStacks.MODEL)
                        .maxTokens(1500)
                        .addUserMessage("What is the weather?")
                        .addTool(Tool.builder()
                                .name("get_weather")
                                .inputSchema(Tool.InputSchema.builder()
                                        .properties(JsonValue.from(
                                                Map.of("unit", Map.of("enum", List.of("celsius", "fahrenheit")))))
                                        .putAdditionalProperty("required", JsonValue.from(List.of("unit")))
                                        .build())
                                .build())
                        .toolChoice(ToolChoiceAny.builder()
                                .disableParallelToolUse(true)
                                .build())
                        .build());

        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(message.content().getLast().asToolUse()._input())
                .isIn(JsonValue.from(Map.of("unit", "celsius")), JsonValue.from(Map.of("unit", "fahrenheit")));
    }
}
