package dev.gatehouse.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ChatWholeTests {

    @Test
    void hasEveryChoiceThatWasAskedForAlsoThoseOfWhichNothingCame() {
        var json = Client.whole(2, sink -> {
                    sink.spans(List.of(Spans.role(), Spans.text("a"), Spans.finish(Reason.STOP)));
                    sink.end(Reason.CONTENT_FILTER, Spans.USED);
                })
                .json();
        assertThat(json.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(json.at("/choices/1/index").asInt()).isEqualTo(1);
        assertThat(json.at("/choices/1/message/content").asString()).isEmpty();
        assertThat(json.at("/choices/1/finish_reason").asString()).isEqualTo("content_filter");
    }

    @Test
    void putsAnAnswerTogether() {
        Client.Answer answer = Client.whole(upstream(
                Spans.role(),
                Spans.reasoning("1 and "),
                Spans.reasoning("2"),
                Spans.text("5"),
                Spans.text("79"),
                Spans.finish(Reason.STOP)));
        assertThat(answer.text())
                .isEqualTo(
                        "{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion\",\"created\":1795500000,\"model\":\"tiny-moe-q8\","
                                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"579\","
                                + "\"reasoning_content\":\"1 and 2\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                                + "\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":22,\"total_tokens\":36,"
                                + "\"prompt_tokens_details\":{\"cached_tokens\":4},"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":16}}}");
    }

    @Test
    void saysItsLengthAndWhoseRequestItAnswers() {
        Client.Answer answer = Client.whole(upstream(Spans.text("ü")));
        assertThat(answer.headers().status().code()).isEqualTo(200);
        assertThat(answer.headers().contentLength())
                .isEqualTo(answer.pieces().getFirst().length());
        assertThat(answer.headers().get("x-request-id")).isEqualTo(Client.ID.toString());
        assertThat(answer.headers().get("content-type")).startsWith("application/json");
    }

    @Test
    void gathersTheToolCallsThatAStreamSends() {
        Consumer<Sink> upstream = upstream(
                Spans.role(),
                Spans.call(0, "call_1", "add", "[1"),
                Spans.call(1, "call_2", "sub", "[3,"),
                Spans.call(0, "", "", ",2]"),
                Spans.call(1, "", "", "4]"),
                Spans.finish(Reason.TOOL_CALLS));
        JsonNode message = Client.whole(upstream).json().at("/choices/0/message");
        assertThat(calls(message.path("tool_calls")))
                .containsExactly("call_1 add [1,2]", "call_2 sub [3,4]")
                .isEqualTo(streamedCalls(Client.stream(upstream).events()));
        assertThat(message.path("content").isNull()).isTrue();
    }

    @Test
    void gathersTheLogProbabilitiesThatAStreamSends() {
        Consumer<Sink> upstream = upstream(
                Spans.marked("5", "{\"content\":[{\"token\":\"5\",\"logprob\":-0.0123456789,\"top_logprobs\":[]}]}"),
                Spans.text("no marks"),
                Spans.marked(
                        "79", "{\"content\":[{\"token\":\"7\",\"logprob\":-1e-7},{\"token\":\"9\",\"logprob\":0}]}"));
        List<JsonNode> whole = elements(Client.whole(upstream).json());
        assertThat(whole).hasSize(3);
        assertThat(whole)
                .isEqualTo(Client.stream(upstream).events().stream()
                        .flatMap(event -> elements(event).stream())
                        .toList());
    }

    @Test
    void anEmptyAnswerHasEmptyContent() {
        JsonNode answer = Client.whole(sink -> sink.end(Reason.CONTENT_FILTER, Spans.USED))
                .json();
        assertThat(answer.at("/choices/0/message/content").asString()).isEmpty();
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("content_filter");
        assertThat(answer.path("id").asString()).isEqualTo("chatcmpl-" + Client.ID);
    }

    @ParameterizedTest
    @CsvSource({"STOP,stop", "LENGTH,length", "BUDGET,length", "TOOL_CALLS,tool_calls", "CONTENT_FILTER,content_filter"
    })
    void saysWhyAnAnswerEndedThatDidNotSayItItself(Reason reason, String wire) {
        JsonNode answer = Client.whole(sink -> sink.end(reason, Spans.USED)).json();
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo(wire);
    }

    @Test
    void saysThatTheBudgetEndedTheAnswer() {
        JsonNode answer = Client.whole(sink -> {
                    sink.spans(List.of(Spans.text("5"), Spans.finish(Reason.LENGTH)));
                    sink.end(Reason.BUDGET, Spans.USED);
                })
                .json();
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(answer.at("/gh/stop").asString()).isEqualTo("budget");
    }

    @Test
    void anErrorTakesThePlaceOfAnAnswerThatWasUnderWay() {
        Client.Answer answer = Client.whole(sink -> {
            sink.spans(List.of(Spans.text("5")));
            sink.fail(Problem.of(Code.UPSTREAM_LOST, "gone"));
        });
        assertThat(answer.headers().status().code()).isEqualTo(502);
        assertThat(answer.json().at("/error/code").asString()).isEqualTo("upstream_lost");
        assertThat(answer.json().has("choices")).isFalse();
    }

    private static Consumer<Sink> upstream(Span... spans) {
        return sink -> {
            sink.spans(List.of(spans));
            sink.end(Reason.STOP, Spans.USED);
        };
    }

    private static List<JsonNode> elements(JsonNode answer) {
        List<JsonNode> elements = new ArrayList<>();
        answer.at("/choices/0/logprobs/content").forEach(elements::add);
        return elements;
    }

    private static List<String> streamedCalls(List<JsonNode> events) {
        Map<Integer, String> calls = new TreeMap<>();
        for (JsonNode event : events) {
            for (JsonNode call : event.at("/choices/0/delta/tool_calls")) {
                calls.merge(call.path("index").asInt(), call(call), (first, more) -> first + more.strip());
            }
        }
        return List.copyOf(calls.values());
    }

    private static List<String> calls(JsonNode calls) {
        List<String> all = new ArrayList<>();
        calls.forEach(call -> all.add(call(call)));
        return all;
    }

    private static String call(JsonNode call) {
        return call.path("id").asString("") + " "
                + call.at("/function/name").asString("") + " "
                + call.at("/function/arguments").asString("");
    }
}
