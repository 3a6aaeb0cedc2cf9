package dev.gatehouse.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.guard.AnswerCanaries;
import dev.gatehouse.gateway.guard.Canaries;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MessageCanariesTests {

    /** With every kind of member that a message request can have, and some that it cannot. */
    private static final String REQUEST = """
            {"model":"tiny-moe","max_tokens":4096,"stream":true,"temperature":0.5,
            "system":[{"type":"text","text":"be kind","cache_control":{"type":"ephemeral","ttl":"5m"}}],
            "metadata":{"user_id":"ann"},"stop_sequences":["END"],"service_tier":"auto",
            "thinking":{"type":"enabled","budget_tokens":1024,"display":"full"},
            "tools":[{"type":"custom","name":"add","description":"adds","strict":true,"input_schema":{"type":"object",
              "properties":{"a":{"type":"integer","description":"first","enum":["one"]}},"required":["a"]},"extra":{"x":"y"}}],
            "tool_choice":{"type":"tool","name":"add","note":"n"},
            "messages":[
              {"role":"user","content":"how much","name":"Ann"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"I should add","signature":"s"},
                {"type":"redacted_thinking","data":"d"},
                {"type":"text","text":"let me see","citations":[{"cited_text":"so"}]},
                {"type":"tool_use","id":"call_1","name":"add","input":{"a":1,"deep":{"note":["sum",{"b":"c"}]}}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1","is_error":false,
                  "content":[{"type":"text","text":"three"}]},
                {"type":"tool_result","tool_use_id":"call_2","content":"four"},
                {"type":"text","text":"and now"}]}],
            "unknown":{"deep":[["down",{"here":"it is"}],null,1.5,""]}}""";

    @Test
    void noCanaryEntersInAnyString() {
        Canaries canaries =
                Canaries.plantedIn(REQUEST, body -> MessageReader.message(body).work());

        assertThat(canaries.strings()).isGreaterThan(100);
        assertThat(canaries.unreadable())
                .containsExactlyInAnyOrder(
                        "model",
                        "max_tokens",
                        "messages",
                        "role",
                        "user",
                        "assistant",
                        "type",
                        "text",
                        "name",
                        "input_schema",
                        "thinking",
                        "redacted_thinking",
                        "tool_use",
                        "tool_result",
                        "enabled",
                        "budget_tokens",
                        "custom",
                        "tool",
                        "content",
                        "id",
                        "input",
                        "tool_use_id");
    }

    @Test
    void noCanaryLeavesInAStream() {
        AnswerCanaries.noneLeaves(
                MessageCanariesTests::frame,
                spans -> Client.stream(upstream(spans)).events());
    }

    @Test
    void noCanaryLeavesInAWholeAnswer() {
        AnswerCanaries.noneLeaves(
                MessageCanariesTests::frame,
                spans -> List.of(Client.whole(upstream(spans)).json()));
    }

    private static Consumer<Sink> upstream(List<Span> spans) {
        return sink -> {
            sink.spans(spans);
            sink.end(Reason.STOP, Client.USED);
        };
    }

    private static Span frame(int position, List<Delta> deltas) {
        return Client.span(deltas.toArray(Delta[]::new));
    }
}
