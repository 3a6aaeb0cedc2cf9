package dev.gatehouse.gateway.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Count;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.TextField;
import dev.gatehouse.gateway.vocabulary.TextKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageReaderTests {

    private static final String HI =
            "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]#}";

    @Test
    void readsWhatIsAskedFor() {
        Ask ask = read(HI.replace("#", ",\"stream\":true,\"new_member\":{\"x\":1}"));
        assertThat(ask.stream()).isTrue();
        assertThat(ask.work().model().value()).isEqualTo("m");
        assertThat(ask.work().wire().dialect()).isEqualTo(Dialect.ANTHROPIC);
        assertThat(ask.work().bound().maxOutput()).isEqualTo(9);
        assertThat(ask.work().bound().choices()).isEqualTo(1);
        assertThat(ask.work().bound().maxInput()).isGreaterThan(HI.length());
    }

    @Test
    void keepsTheBodyAsItCame() {
        byte[] body = HI.replace("#", ",\"new_member\":[1.0]").getBytes(UTF_8);
        assertThat(MessageReader.message(body).work().wire().edited()).isSameAs(body);
    }

    @Test
    void aCountNeedsNoMaxTokensAndUsesNothing() {
        Count count = MessageReader.count(
                HI.replace("\"max_tokens\":9,", "").replace("#", "").getBytes(UTF_8));
        assertThat(count.bound()).isEqualTo(new Bound(0, 0, 1));
    }

    @Test
    void tellsWhoseWordsEveryStringHolds() {
        String body = """
                {"model":"m","max_tokens":9,"system":[{"type":"text","text":"SYSTEM"}],
                 "metadata":{"user_id":"OTHER"},"tools":[{"name":"OTHER","description":"OTHER","input_schema":{"title":"OTHER"}}],
                 "messages":[{"role":"user","content":"USER"},
                  {"content":[{"type":"thinking","thinking":"ASSISTANT","signature":"ASSISTANT"},{"type":"text","text":"ASSISTANT"},
                    {"type":"tool_use","id":"ASSISTANT","name":"ASSISTANT","input":{"a":"ASSISTANT","n":4111}}],"role":"assistant"},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"TOOL","content":[{"type":"text","text":"TOOL"}]},
                    {"type":"tool_result","tool_use_id":"TOOL","content":"TOOL"},{"type":"text","text":"USER"}]}]}""";
        for (TextField text : read(body).work().texts()) {
            String said = body.substring(text.from(), text.to());
            if (said.matches("SYSTEM|USER|ASSISTANT|TOOL|OTHER")) {
                assertThat(text.kind().name()).isEqualTo(said);
            }
        }
        assertThat(read(body).work().texts())
                .filteredOn(text -> text.kind() == TextKind.NUMBER)
                .extracting(text -> body.substring(text.from(), text.to()))
                .containsExactly("4111");
        assertThat(read(body).work().texts())
                .hasSize((int) body.chars().filter(c -> c == '"').count() / 2 + 1);
    }

    @Test
    void notesImagesForWhoeverCanTakeThem() {
        Ask ask = read(HI.replace(
                        "\"hi\"",
                        "[{\"type\":\"text\",\"text\":\"x\"},{\"source\":{\"data\":\"AA==\"},\"type\":\"image\"}]")
                .replace("#", ""));
        assertThat(ask.work().images())
                .singleElement()
                .satisfies(image -> assertThat(image.pointer()).isEqualTo("/messages/0/content/1"));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong(
                        "{\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}",
                        "missing_required_parameter",
                        "model"),
                wrong("{\"model\":\"m\",\"max_tokens\":1}", "missing_required_parameter", "messages"),
                wrong(HI.replace("\"max_tokens\":9,", ""), "missing_required_parameter", "max_tokens"),
                wrong(HI.replace("9", "0"), "invalid_value", "max_tokens"),
                wrong(HI.replace("9", "1.5"), "invalid_type", "max_tokens"),
                wrong(HI.replace("\"role\":\"user\",", ""), "missing_required_parameter", "messages.0.role"),
                wrong(HI.replace("\"user\"", "\"tool\""), "invalid_value", "messages.0.role"),
                wrong(HI.replace(",\"content\":\"hi\"", ""), "missing_required_parameter", "messages.0.content"),
                wrong(HI.replace("\"hi\"", "7"), "invalid_type", "messages.0.content"),
                block("{\"text\":\"x\"}", "missing_required_parameter", "messages.0.content.0.type"),
                block("{\"type\":\"text\"}", "missing_required_parameter", "messages.0.content.0.text"),
                block("{\"type\":\"tool_result\"}", "missing_required_parameter", "messages.0.content.0.tool_use_id"),
                block(
                        "{\"type\":\"tool_result\",\"tool_use_id\":\"i\",\"is_error\":1}",
                        "invalid_type",
                        "messages.0.content.0.is_error"),
                block(
                        "{\"type\":\"tool_result\",\"tool_use_id\":\"i\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"\"}]}",
                        "invalid_value",
                        "messages.0.content.0.content.0.type"),
                block(
                        "{\"type\":\"tool_use\",\"id\":\"i\",\"name\":\"n\",\"input\":{}}",
                        "invalid_value",
                        "messages.0.content.0.type"),
                block("{\"type\":\"document\",\"source\":{}}", "unsupported_value", "messages.0.content.0.type"),
                with("\"system\":[{\"type\":\"image\"}]", "invalid_value", "system.0.type"),
                with("\"temperature\":1.1", "invalid_value", "temperature"),
                with("\"top_k\":-1", "invalid_value", "top_k"),
                with("\"stop_sequences\":[1]", "invalid_type", "stop_sequences.0"),
                with("\"metadata\":[]", "invalid_type", "metadata"),
                with("\"tools\":[{\"name\":\"n\"}]", "missing_required_parameter", "tools.0.input_schema"),
                with("\"tools\":[{\"type\":\"bash_20250124\",\"name\":\"bash\"}]", "unsupported_value", "tools.0.type"),
                with("\"tool_choice\":{\"type\":\"tool\"}", "missing_required_parameter", "tool_choice.name"),
                with("\"tool_choice\":{\"type\":\"all\"}", "invalid_value", "tool_choice.type"),
                with("\"thinking\":{\"type\":\"enabled\"}", "missing_required_parameter", "thinking.budget_tokens"),
                with(
                        "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}",
                        "invalid_value",
                        "thinking.budget_tokens"),
                with("\"thinking\":{\"type\":\"between_tools\"}", "invalid_value", "thinking.type"),
                with("\"mcp_servers\":[{}]", "unsupported_value", "mcp_servers"),
                with(
                        "\"output_config\":{\"format\":{\"type\":\"json_schema\"}}",
                        "unsupported_value",
                        "output_config.format"),
                wrong(
                        HI.replace("]#", ",{\"role\":\"assistant\",\"content\":\"I\"}]#"),
                        "unsupported_value",
                        "messages"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesByName(String body, String code, String path) {
        Problem problem = catchThrowableOfType(Fault.class, () -> read(body)).problem();
        assertThat(problem.code().wire()).isEqualTo(code);
        assertThat(problem.param()).contains(path);
        assertThat(problem.message()).contains(path);
    }

    @Test
    void takesWhatChangesNoAnswer() {
        for (String member : List.of(
                "\"mcp_servers\":[]",
                "\"container\":null",
                "\"system\":null",
                "\"tools\":null",
                "\"thinking\":{\"type\":\"adaptive\"}",
                "\"thinking\":{\"type\":\"disabled\"}",
                "\"output_config\":{\"effort\":\"low\",\"format\":null}",
                "\"service_tier\":\"auto\"",
                "\"tools\":[{\"type\":\"custom\",\"name\":\"n\",\"input_schema\":{},\"cache_control\":{\"type\":\"ephemeral\"}}]")) {
            assertThat(read(HI.replace("#", "," + member)).work().model().value())
                    .isEqualTo("m");
        }
    }

    private static Arguments wrong(String body, String code, String path) {
        return Arguments.of(body.replace("#", ""), code, path);
    }

    private static Arguments with(String member, String code, String path) {
        return wrong(HI.replace("#", "," + member), code, path);
    }

    private static Arguments block(String block, String code, String path) {
        return wrong(HI.replace("\"hi\"", "[" + block + "]"), code, path);
    }

    private static Ask read(String body) {
        return MessageReader.message(body.getBytes(UTF_8));
    }
}
