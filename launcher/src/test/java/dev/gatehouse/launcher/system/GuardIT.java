package dev.gatehouse.launcher.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A payment card number, on the way in and on the way out. */
@ExtendWith(EchoStacks.class)
class GuardIT {

    private static final String CARD = "4111 1111 1111 1111";
    private static final String ANSWER = "Pay with " + CARD + " please.";

    @Test
    void aPromptThatHoldsOneIsRefusedAndNamedInTheAudit(Stack stack) {
        var answer = stack.client().post(Client.chat(EchoStacks.MODEL, "my card is " + CARD, false));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("content_policy").doesNotContain("4111");
        Map<String, String> outcome = new Outcomes(stack)
                .of(answer.headers().firstValue("x-request-id").orElseThrow());
        assertThat(outcome.get("kind")).isEqualTo("refused");
        assertThat(outcome.get("rule")).contains("card");
    }

    @Test
    void aPromptIsMaskedWhereThePolicySaysSo(Stack stack) {
        Policy.in(stack, "mask", () -> {
            JsonNode answer =
                    stack.client().ask(Client.chat(EchoStacks.MODEL, "my card is " + CARD + ", keep it", false));
            assertThat(answer.at("/choices/0/message/content").asString())
                    .startsWith("my card is ")
                    .endsWith(", keep it")
                    .doesNotContain("4111 1111");
        });
    }

    @Test
    void anAnswerIsMaskedHoweverItIsSplit(Stack stack) {
        Policy.in(stack, "allow", () -> {
            String expected = masked(stack, Script.says(ANSWER));
            assertThat(expected).startsWith("Pay with ").endsWith(" please.").doesNotContain("4111 1111");
            assertThat(masked(stack, Script.says(ANSWER).cutEverywhere(ANSWER.length())))
                    .isEqualTo(expected);
            for (int cut = 9; cut <= 9 + CARD.length(); cut++) {
                assertThat(masked(stack, Script.says(ANSWER).with("cut", List.of(cut))))
                        .isEqualTo(expected);
            }
        });
    }

    @Test
    void everyPairOfCutsIsMaskedInContentReasoningAndToolArguments(Stack stack) {
        String arguments = "{\"card\":\"" + CARD + "\"}";
        Policy.in(stack, "allow", () -> {
            for (int first = 9; first < 9 + CARD.length(); first += 3) {
                for (int second = first + 1; second <= 9 + CARD.length(); second += 4) {
                    List<Integer> cuts = List.of(first, second);
                    assertThat(masked(stack, Script.says(ANSWER).with("cut", cuts)))
                            .doesNotContain("4111 1111");
                    assertThat(masked(
                                    stack,
                                    Script.says("ok").with("reasoning", ANSWER).with("cut", cuts)))
                            .doesNotContain("4111 1111");
                    String call = masked(
                            stack,
                            Script.says("")
                                    .with("tool", Map.of("name", "pay", "arguments", arguments))
                                    .with("cut", cuts));
                    assertThat(call).doesNotContain("4111 1111");
                    assertThat(Client.JSON.readTree(call).path("card").asString())
                            .contains("1111");
                }
            }
        });
    }

    @Test
    void anAnswerInOnePieceIsMaskedToo(Stack stack) {
        Policy.in(stack, "allow", () -> {
            JsonNode answer = stack.client()
                    .ask(Script.says(ANSWER).with("reasoning", ANSWER).whole());
            assertThat(answer.toString().getBytes(UTF_8)).asString(UTF_8).doesNotContain("4111 1111");
            assertThat(answer.at("/choices/0/message/content").asString()).endsWith(" please.");
        });
    }

    @Test
    void eachOfSeveralChoicesIsMasked(Stack stack) {
        String asked =
                Script.says(ANSWER).with("cut", List.of(12, 20)).streamed().replaceFirst("\\{", "{\"n\":3,");
        Policy.in(stack, "allow", () -> {
            StringBuilder[] said = {new StringBuilder(), new StringBuilder(), new StringBuilder()};
            for (String event : stack.client().stream(asked)) {
                if (!event.equals("[DONE]")) {
                    JsonNode choice = Client.JSON.readTree(event).at("/choices/0");
                    said[choice.path("index").asInt(0)].append(
                            choice.at("/delta/content").asString(""));
                }
            }
            assertThat(said)
                    .allSatisfy(text -> assertThat(text.toString())
                            .startsWith("Pay with ")
                            .endsWith(" please.")
                            .doesNotContain("4111 1111"));
        });
    }

    /** All that a stream says: content, thinking and tool arguments, one after the other. */
    private static String masked(Stack stack, Script script) {
        List<String> events = stack.client().stream(script.streamed());
        assertThat(events.getLast()).isEqualTo("[DONE]");
        StringBuilder said = new StringBuilder();
        for (String event : events.subList(0, events.size() - 1)) {
            JsonNode delta = Client.JSON.readTree(event).at("/choices/0/delta");
            said.append(delta.path("reasoning_content").asString(""));
            said.append(delta.path("content").asString(""));
            said.append(delta.at("/tool_calls/0/function/arguments").asString(""));
        }
        return said.toString();
    }
}
