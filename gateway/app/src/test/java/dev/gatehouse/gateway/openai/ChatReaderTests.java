package dev.gatehouse.gateway.openai;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.TextField;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatReaderTests {

    @Test
    void findsEveryStringWithWhoseWordsItHolds() {
        String body = """
                {"messages":[{"content":"be \\"kind\\"","role":"system"},
                {"role":"user","content":[{"type":"text","text":"ü"}],"name":"Ann"},
                {"role":"assistant","tool_calls":[{"id":"c1","function":{"name":"add","arguments":"{}"}}]}],
                "model":"tiny-moe","x":{"deep":["y"]}}""";
        assertThat(raw(body, read(body).work().texts()))
                .contains(
                        "SYSTEM be \\\"kind\\\"",
                        "USER ü",
                        "USER Ann",
                        "ASSISTANT add",
                        "DOCUMENT {}",
                        "OTHER y",
                        "MODEL tiny-moe");
    }

    @Test
    void findsNamesOfMembersToo() {
        String body = request("\"metadata\":{\"4111\":1}");
        assertThat(raw(body, read(body).work().texts())).contains("OTHER 4111", "OTHER metadata");
    }

    @Test
    void refusesMoreStringsThanItCanHold() {
        String many = request("\"x\":[" + "\"\",".repeat(100_000) + "\"\"]");
        assertThat(problem(many).message()).contains("100000 strings");
    }

    @Test
    void refusesOtherEncodings() {
        byte[] body = request("\"x\":1").getBytes(UTF_16LE);
        Fault fault = catchThrowableOfType(Fault.class, () -> ChatReader.read(body));
        assertThat(fault.problem().code()).isEqualTo(Code.INVALID_JSON);
    }

    @Test
    void boundsTheWork() {
        Bound bound = read(request("\"max_tokens\":7")).work().bound();
        assertThat(bound.maxOutput()).isEqualTo(7);
        assertThat(bound.maxInput()).isGreaterThan(request("\"max_tokens\":7").length());
        assertThat(read(request("\"n\":1")).work().bound().maxOutput()).isEqualTo(Bound.UNSTATED);
        assertThat(read(request("\"max_tokens\":9,\"max_completion_tokens\":3"))
                        .work()
                        .bound()
                        .maxOutput())
                .isEqualTo(3);
    }

    @Test
    void readsHowTheAnswerIsWanted() {
        Chat chat = read(request("\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        assertThat(chat.stream()).isTrue();
        assertThat(chat.includeUsage()).isTrue();
        assertThat(read(request("\"stream\":null")).stream()).isFalse();
    }

    @Test
    void findsImages() {
        String body = """
                {"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:"}}]}]}""";
        assertThat(read(body).work().images())
                .extracting(image -> image.pointer())
                .containsExactly("/messages/0/content/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | MISSING_PARAMETER | model",
                "{\"model\":\"m\"} | MISSING_PARAMETER | messages",
                "{\"model\":\"m\",\"messages\":[]} | INVALID_VALUE | messages",
                "{\"model\":\"m\",\"messages\":{}} | INVALID_TYPE | messages",
                "{\"model\":5,\"messages\":[]} | INVALID_TYPE | model",
                "{\"model\":\"\",\"messages\":[]} | INVALID_VALUE | model",
                "{\"model\":\"m\",\"messages\":[\"x\"]} | INVALID_TYPE | messages[0]",
                "{\"model\":\"m\",\"messages\":[{\"content\":\"x\"}]} | MISSING_PARAMETER | messages[0].role",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"king\"}]} | INVALID_VALUE | messages[0].role",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":5}]} | INVALID_TYPE | messages[0].content",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[5]}]} | INVALID_TYPE | messages[0].content[0]",
            })
    void namesWhatIsWrongWithTheMessages(String body, Code code, String param) {
        assertThat(problem(body)).extracting(Problem::code, Problem::param).containsExactly(code, Optional.of(param));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"temperature\":2.1 | INVALID_VALUE | temperature",
                "\"temperature\":\"hot\" | INVALID_TYPE | temperature",
                "\"top_p\":-0.1 | INVALID_VALUE | top_p",
                "\"presence_penalty\":-3 | INVALID_VALUE | presence_penalty",
                "\"max_tokens\":0 | INVALID_VALUE | max_tokens",
                "\"max_tokens\":1.5 | INVALID_TYPE | max_tokens",
                "\"max_completion_tokens\":99999999999999999999 | INVALID_VALUE | max_completion_tokens",
                "\"n\":0 | INVALID_VALUE | n",
                "\"n\":true | INVALID_TYPE | n",
                "\"top_logprobs\":21 | INVALID_VALUE | top_logprobs",
                "\"logprobs\":1 | INVALID_TYPE | logprobs",
                "\"stream\":\"yes\" | INVALID_TYPE | stream",
                "\"stream_options\":true | INVALID_TYPE | stream_options",
                "\"stream_options\":{\"include_usage\":1} | INVALID_TYPE | stream_options.include_usage",
                "\"stop\":7 | INVALID_TYPE | stop",
                "\"stop\":[7] | INVALID_TYPE | stop",
                "\"logit_bias\":[] | INVALID_TYPE | logit_bias",
                "\"tools\":{} | INVALID_TYPE | tools",
            })
    void namesTheParameterThatIsWrong(String member, Code code, String param) {
        assertThat(problem(request(member)))
                .extracting(Problem::code, Problem::param)
                .containsExactly(code, Optional.of(param));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1]",
                "\"x\"",
                "{\"model\":\"m\",}",
                "{\"model\":\"m\",\"model\":\"n\"}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} {}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\\x\"}]}",
                "{\"temperature\":NaN}"
            })
    void refusesWhatIsNotOneJsonObject(String body) {
        assertThat(problem(body).code()).isEqualTo(Code.INVALID_JSON);
    }

    @Test
    void refusesDeepNesting() {
        String deep = request("\"x\":" + "[".repeat(70) + "]".repeat(70));
        assertThat(problem(deep).code()).isEqualTo(Code.INVALID_JSON);
        assertThat(problem(deep).message()).contains("deeper than 64");
        read(request("\"x\":" + "[".repeat(60) + "]".repeat(60)));
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] body = request("\"x\":\"?\"").getBytes(UTF_8);
        body[new String(body, UTF_8).indexOf('?')] = (byte) 0xff;
        Fault fault = catchThrowableOfType(Fault.class, () -> ChatReader.read(body));
        assertThat(fault.problem().message()).contains("UTF-8");
    }

    @Test
    void tellsNothingOfTheProgram() {
        assertThat(problem("{\"model\":").message()).doesNotContain("Exception", "jackson", "byte[]", "Source");
    }

    private static String request(String member) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]," + member + "}";
    }

    private static Chat read(String body) {
        return ChatReader.read(body.getBytes(UTF_8));
    }

    private static Problem problem(String body) {
        return catchThrowableOfType(Fault.class, () -> read(body)).problem();
    }

    private static List<String> raw(String body, List<TextField> texts) {
        byte[] bytes = body.getBytes(UTF_8);
        return texts.stream()
                .map(text -> text.kind() + " " + new String(bytes, text.from(), text.to() - text.from(), UTF_8))
                .toList();
    }
}
