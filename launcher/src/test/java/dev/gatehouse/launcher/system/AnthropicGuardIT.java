package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A payment card number in messages: in every place of a request, and in every kind of content of an answer. */
@ExtendWith(EchoStacks.class)
class AnthropicGuardIT {

    private static final String CARD = "4111 1111 1111 1111";
    private static final String SAID = "Pay with " + CARD + " please.";

    static Stream<String> requests() {
        String user = "{\"role\":\"user\",\"content\":\"hi\"}";
        return Stream.of(
                message(",\"system\":\"#\"", user),
                message(",\"system\":[{\"type\":\"text\",\"text\":\"#\"}]", user),
                message("", "{\"role\":\"user\",\"content\":\"#\"}"),
                message("", "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"#\"}]}"),
                message("", user + ",{\"role\":\"system\",\"content\":\"#\"}"),
                message("", assistant("{\"type\":\"text\",\"text\":\"#\"}")),
                message("", assistant("{\"type\":\"thinking\",\"thinking\":\"#\",\"signature\":\"\"}")),
                message("", assistant("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"#\"}")),
                message("", assistant("{\"type\":\"redacted_thinking\",\"data\":\"#\"}")),
                message("", assistant("{\"type\":\"tool_use\",\"id\":\"#\",\"name\":\"n\",\"input\":{}}")),
                message("", assistant("{\"type\":\"tool_use\",\"id\":\"i\",\"name\":\"#\",\"input\":{}}")),
                message("", assistant("{\"type\":\"tool_use\",\"id\":\"i\",\"name\":\"n\",\"input\":{\"a\":[\"#\"]}}")),
                message("", assistant("{\"type\":\"tool_use\",\"id\":\"i\",\"name\":\"n\",\"input\":{\"#\":1}}")),
                message(
                        "",
                        assistant(
                                "{\"type\":\"tool_use\",\"id\":\"i\",\"name\":\"n\",\"input\":{\"a\":4111111111111111}}")),
                message("", result("\"tool_use_id\":\"#\"")),
                message("", result("\"tool_use_id\":\"i\",\"content\":\"#\"")),
                message("", result("\"tool_use_id\":\"i\",\"content\":[{\"type\":\"text\",\"text\":\"#\"}]")),
                message(",\"tools\":[{\"name\":\"#\",\"input_schema\":{}}]", user),
                message(",\"tools\":[{\"name\":\"n\",\"description\":\"#\",\"input_schema\":{}}]", user),
                message(",\"tools\":[{\"name\":\"n\",\"input_schema\":{\"x\":{\"enum\":[\"#\"]}}}]", user),
                message(",\"tool_choice\":{\"type\":\"tool\",\"name\":\"#\"}", user),
                message(",\"stop_sequences\":[\"#\"]", user),
                message(",\"metadata\":{\"user_id\":\"#\"}", user),
                message(",\"something_new\":{\"deep\":[{\"#\":\"x\"}]}", user));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isRefusedWhereverItStandsInAMessageAndInACountOfItsTokens(String body, Stack stack) {
        for (String path : List.of("/messages", "/messages/count_tokens")) {
            var answer = Anthropic.post(stack, path, body.replace("#", CARD));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            JsonNode error = Client.JSON.readTree(answer.body()).path("error");
            assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
            assertThat(error.at("/details/error_code").asString()).isEqualTo("content_policy");
            assertThat(answer.body()).doesNotContain("4111 1111", "4111111111111111");
            Map<String, String> outcome = new Outcomes(stack)
                    .of(answer.headers().firstValue("request-id").orElseThrow());
            assertThat(outcome.get("kind")).isEqualTo("refused");
            assertThat(outcome.get("rule")).contains("card");
        }
    }

    @Test
    void isMaskedInAnswersHoweverTheyAreSplit(Stack stack) {
        Policy.in(stack, "allow", () -> {
            for (Script script : List.of(
                    Script.says(SAID),
                    Script.says("ok").with("reasoning", SAID),
                    Script.says("ok")
                            .with("tool", Map.of("name", "pay", "arguments", "{\"card\":\"" + CARD + "\"}")))) {
                assertMasked(stack, script);
                for (int cut = 3; cut <= 9 + CARD.length(); cut += 3) {
                    assertMasked(stack, script.with("cut", List.of(cut, cut + 2)));
                }
            }
        });
    }

    private static void assertMasked(Stack stack, Script script) {
        List<JsonNode> events = Anthropic.events(stack, Anthropic.script(script, "\"stream\":true"));
        StringBuilder said = new StringBuilder();
        for (JsonNode event : events) {
            for (String part : List.of("text", "thinking", "partial_json")) {
                said.append(event.path("delta").path(part).asString(""));
            }
        }
        assertThat(events.getLast().path("type").asString()).isEqualTo("message_stop");
        assertThat(said.toString()).contains("[payment card ****1111]").doesNotContain("4111 1111");
        assertThat(Anthropic.ask(stack, Anthropic.script(script))
                        .path("content")
                        .toString())
                .contains("[payment card ****1111]")
                .doesNotContain("4111 1111");
    }

    /** Digits could begin a number, so they are held; the block that they are of must not end without them. */
    @Test
    void whatIsHeldLeavesBeforeItsBlockEnds(Stack stack) {
        Script script = Script.says("579")
                .with("reasoning", "123 + 456 = 579")
                .with("tool", Map.of("name", "tell", "arguments", "{\"n\":579"));
        List<JsonNode> events = Anthropic.events(stack, Anthropic.script(script, "\"stream\":true"));
        assertThat(said(events, 0, "thinking")).isEqualTo("123 + 456 = 579");
        assertThat(said(events, 1, "text")).isEqualTo("579");
        assertThat(said(events, 2, "partial_json")).isEqualTo("{\"n\":579");
    }

    private static String said(List<JsonNode> events, int index, String part) {
        StringBuilder said = new StringBuilder();
        for (JsonNode event : events) {
            if (event.path("index").asInt(-1) == index) {
                said.append(event.path("delta").path(part).asString(""));
            }
        }
        return said.toString();
    }

    private static String message(String members, String messages) {
        return "{\"model\":\"echo\",\"max_tokens\":10,\"messages\":[" + messages + "]" + members + "}";
    }

    private static String assistant(String block) {
        return "{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":[" + block
                + "]},{\"role\":\"user\",\"content\":\"go on\"}";
    }

    private static String result(String members) {
        return "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\"," + members + "}]}";
    }
}
