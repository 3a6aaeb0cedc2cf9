package dev.gatehouse.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatStreamTests {

    private static final Channel CONTENT = Channel.content(0);
    private static final String DONE = "data: [DONE]\n\n";

    /** What the gateway writes itself, with the upstream's id, time and model. */
    private static final String OWN =
            "data: {\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1795500000,\"model\":\"tiny-moe-q8\",\"choices\":[";

    private static final String ROLE = OWN + choice("{\"role\":\"assistant\",\"content\":\"\"}", "null") + "]}\n\n";

    @Test
    void framesThatNobodyTouchedLeaveByteForByte() {
        String odd =
                "{ \"new\" : [1.0, 1e2],\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\\u00fc\"}}]}";
        Span first = Spans.raw(odd, new Delta.Text(CONTENT, "ü"));
        Span last = Spans.finish(Reason.STOP);
        String text = Client.stream(sink -> {
                    sink.spans(List.of(first, Spans.text("5")));
                    sink.spans(List.of(last));
                    sink.end(Reason.STOP, Spans.USED);
                })
                .text();
        assertThat(text).isEqualTo(events(first, Spans.text("5"), last) + DONE);
    }

    @Test
    void whatLeavesAtOnceIsOneWrite() {
        List<?> pieces = Client.stream(sink -> {
                    sink.spans(List.of(Spans.role(), Spans.text("1"), Spans.text("2")));
                    sink.end(Reason.STOP, Spans.USED);
                })
                .pieces();
        assertThat(pieces).hasSize(2);
    }

    @Test
    void alteredFramesAreWrittenAnewAndLoseTheirLogProbabilities() {
        Span altered = Spans.marked("4111", "{\"content\":[]}")
                .altered(List.of(new Delta.Text(CONTENT, "*\"*"), new Delta.Marks(CONTENT, "{\"content\":[]}")));
        assertThat(ended(Spans.role(), altered, Spans.finish(Reason.STOP)))
                .isEqualTo(events(Spans.role())
                        + OWN
                        + choice("{\"content\":\"*\\\"*\"}", "null")
                        + "]}\n\n"
                        + events(Spans.finish(Reason.STOP))
                        + DONE);
    }

    @Test
    void alteredReasoningAndToolCallsKeepTheirShape() {
        Span altered = Spans.text("x")
                .altered(List.of(
                        new Delta.Reasoning(Channel.reasoning(0), "hm"),
                        new Delta.ToolCall(Channel.tool(0, 1), "call_1", "add", ""),
                        new Delta.ToolCall(Channel.tool(0, 1), "", "", "{}"),
                        new Delta.Finish(CONTENT, Reason.TOOL_CALLS)));
        String call =
                "{\"tool_calls\":[{\"index\":1,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"\"}}]}";
        String more = "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{}\"}}]}";
        assertThat(ended(Spans.role(), altered))
                .isEqualTo(events(Spans.role())
                        + OWN + choice("{\"reasoning_content\":\"hm\"}", "null") + "]}\n\n"
                        + OWN + choice(call, "null") + "]}\n\n"
                        + OWN + choice(more, "null") + "]}\n\n"
                        + OWN + choice("{}", "\"tool_calls\"") + "]}\n\n"
                        + DONE);
    }

    @Test
    void saysWhoseTheAnswerIsWhenTheFrameThatSaidSoWasAltered() {
        Span altered = Spans.role().altered(List.of(new Delta.Text(CONTENT, "*")));
        assertThat(ended(altered)).startsWith(ROLE + OWN + choice("{\"content\":\"*\"}", "null"));
    }

    @Test
    void saysWhoseTheAnswerIsWhenTheFrameThatSaidSoWasHeld() {
        assertThat(ended(Spans.text("5"))).startsWith(ROLE + events(Spans.text("5")));
    }

    @Test
    void saysWhoseTheAnswerIsWhenNothingOfItLeft() {
        List<String> roles = Client.stream(sink -> sink.end(Reason.CONTENT_FILTER, Spans.USED)).events().stream()
                .map(event -> event.at("/choices/0").toString())
                .toList();
        assertThat(roles)
                .containsExactly(
                        choice("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
                        choice("{}", "\"content_filter\""));
    }

    @Test
    void eachOfSeveralChoicesSaysWhoseItIsAndHowItEnded() {
        Span second = Spans.raw(
                "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}", new Delta.Text(Channel.content(1), "b"));
        List<String> choices = Client.stream(3, sink -> {
                    sink.spans(List.of(Spans.role(), Spans.text("a"), second, Spans.finish(Reason.TOOL_CALLS)));
                    sink.end(Reason.CONTENT_FILTER, Spans.USED);
                })
                .events()
                .stream()
                .map(event -> event.at("/choices/0/index") + " " + event.at("/choices/0/delta") + " "
                        + event.at("/choices/0/finish_reason").asString(""))
                .toList();
        assertThat(choices)
                .containsExactly(
                        "0 {\"role\":\"assistant\",\"content\":\"\"} ",
                        "0 {\"content\":\"a\"} ",
                        "1 {\"role\":\"assistant\",\"content\":\"\"} ",
                        "1 {\"content\":\"b\"} ",
                        "0 {} tool_calls",
                        "1 {} content_filter",
                        "2 {\"role\":\"assistant\",\"content\":\"\"} ",
                        "2 {} content_filter");
    }

    @Test
    void anAnswerOfWhichNothingCameHasTheRequestsIdTimeAndModel() {
        assertThat(Client.stream(sink -> sink.end(Reason.CONTENT_FILTER, Spans.USED))
                        .events())
                .allSatisfy(event -> {
                    assertThat(event.path("id").asString()).isEqualTo("chatcmpl-" + Client.ID);
                    assertThat(event.path("created").asLong())
                            .isEqualTo(Client.ID.at().getEpochSecond());
                    assertThat(event.path("model").asString()).isEqualTo("tiny-moe");
                });
    }

    @Test
    void aSpanWithNothingToSayWritesNothing() {
        Span silent = Spans.text("x").altered(List.of());
        Client.Answer answer = Client.stream(sink -> {
            sink.spans(List.of(Spans.role()));
            sink.spans(List.of(silent));
            sink.end(Reason.STOP, Spans.USED);
        });
        assertThat(answer.pieces()).hasSize(2).noneMatch(piece -> piece.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"STOP,stop", "LENGTH,length", "BUDGET,length", "TOOL_CALLS,tool_calls", "CONTENT_FILTER,content_filter"
    })
    void writesTheFinishThatDidNotCome(Reason reason, String wire) {
        String text = Client.stream(sink -> {
                    sink.spans(List.of(Spans.role()));
                    sink.end(reason, Spans.USED);
                })
                .text();
        assertThat(text).isEqualTo(events(Spans.role()) + OWN + choice("{}", "\"" + wire + "\"") + "]}\n\n" + DONE);
    }

    @Test
    void tellsTheUsageOnlyWhoAskedForIt() {
        assertThat(ended(Spans.role(), Spans.finish(Reason.STOP))).doesNotContain("usage");
        String text = Client.streamWithUsage(sink -> {
                    sink.spans(List.of(Spans.role(), Spans.finish(Reason.STOP)));
                    sink.end(Reason.STOP, Spans.USED);
                })
                .text();
        assertThat(text)
                .isEqualTo(events(Spans.role(), Spans.finish(Reason.STOP))
                        + OWN
                        + "],\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":22,\"total_tokens\":36,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":4},\"completion_tokens_details\":{\"reasoning_tokens\":16}}}\n\n"
                        + DONE);
    }

    @Test
    void saysBesideTheUsageThatTheBudgetEndedTheAnswer() {
        List<?> gh = Client.streamWithUsage(sink -> {
                    sink.spans(List.of(Spans.role(), Spans.finish(Reason.LENGTH)));
                    sink.end(Reason.BUDGET, Spans.USED);
                })
                .events()
                .stream()
                .map(event -> event.path("gh").toString())
                .toList();
        assertThat(gh).last().isEqualTo("{\"stop\":\"budget\"}");
    }

    @Test
    void isAnEventStreamThatNobodyKeeps() {
        var headers = Client.stream(sink -> sink.end(Reason.STOP, Spans.USED)).headers();
        assertThat(headers.status().code()).isEqualTo(200);
        assertThat(headers.get("content-type")).isEqualTo("text/event-stream");
        assertThat(headers.get("cache-control")).isEqualTo("no-cache");
        assertThat(headers.get("x-request-id")).isEqualTo(Client.ID.toString());
    }

    @Test
    void anErrorBeforeTheFirstByteHasItsOwnStatus() {
        Client.Answer answer = Client.stream(sink -> sink.fail(Problem.of(Code.NO_NODE, "none")));
        assertThat(answer.headers().status().code()).isEqualTo(503);
        assertThat(answer.headers().get("content-type")).startsWith("application/json");
        assertThat(answer.json().at("/error/code").asString()).isEqualTo("no_healthy_node");
    }

    @Test
    void anErrorAfterTheFirstByteIsAnEventAndTheStreamHasNoEndMark() {
        String text = Client.stream(sink -> {
                    sink.spans(List.of(Spans.role()));
                    sink.fail(Problem.of(Code.UPSTREAM_LOST, "gone"));
                })
                .text();
        assertThat(text)
                .isEqualTo(
                        events(Spans.role())
                                + "data: {\"error\":{\"message\":\"gone\",\"type\":\"server_error\",\"param\":null,\"code\":\"upstream_lost\"}}\n\n");
    }

    private static String ended(Span... spans) {
        return Client.stream(sink -> {
                    sink.spans(List.of(spans));
                    sink.end(Reason.STOP, Spans.USED);
                })
                .text();
    }

    private static String events(Span... spans) {
        StringBuilder text = new StringBuilder();
        for (Span span : spans) {
            text.append("data: ").append(Spans.frameOf(span)).append("\n\n");
        }
        return text.toString();
    }

    private static String choice(String delta, String finish) {
        return "{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finish + "}";
    }
}
