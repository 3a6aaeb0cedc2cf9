package dev.gatehouse.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.guard.AnswerCanaries;
import dev.gatehouse.gateway.guard.Canaries;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChatCanariesTests {

    private static final Envelope ENVELOPE = new Envelope("chatcmpl-7", 1_795_500_000, "tiny-moe-q8");

    /** With every kind of member that a request can have, and some that it cannot. */
    private static final String REQUEST = """
            {"model":"tiny-moe","stream":true,"stream_options":{"include_usage":true,"x":"y"},"n":1,"seed":7,
            "messages":[
              {"role":"system","content":"be kind"},
              {"role":"developer","content":[{"type":"text","text":"be brief"}],"name":"dev"},
              {"role":"user","name":"Ann","content":[{"type":"text","text":"look"},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},
                {"type":"file","file":{"filename":"f.txt","file_data":"data:text/plain,hello"}}]},
              {"role":"assistant","content":null,"reasoning_content":"I should add","refusal":"no","tool_calls":[
                {"id":"call_1","type":"function","function":{"name":"add","arguments":"{\\"a\\":1,\\"note\\":\\"sum\\"}"}},
                {"id":"call_2","type":"custom","custom":{"name":"sql","input":"select 1"}}]},
              {"role":"assistant","function_call":{"name":"old","arguments":"{}"}},
              {"role":"tool","tool_call_id":"call_1","content":"{\\"sum\\":\\"three\\"}"},
              {"role":"tool","tool_call_id":"call_2","content":[{"type":"text","text":"rows"}]},
              {"role":"function","name":"old","content":"done"}],
            "tools":[{"type":"function","function":{"name":"add","description":"adds","strict":true,"parameters":{
              "type":"object","title":"Sum","properties":{"a":{"type":"integer","description":"first","enum":["one","two"]},
              "b":{"anyOf":[{"const":"c"},{"pattern":"^x$","default":"d","examples":["e"]}]}},"required":["a"]}}}],
            "tool_choice":{"type":"function","function":{"name":"add"}},
            "functions":[{"name":"old","description":"was"}],"function_call":"auto",
            "response_format":{"type":"json_schema","json_schema":{"name":"answer","description":"how","schema":{
              "type":"object","properties":{"sum":{"type":"string","enum":["yes","no"]}},"$defs":{"deep":{"title":"t"}}}}},
            "stop":["END","\\n\\n"],"user":"ann","metadata":{"case":"42"},"logit_bias":{"50256":-100},
            "prediction":{"type":"content","content":"five"},"web_search_options":{"user_location":{"city":"Bonn"}},
            "service_tier":"auto","reasoning_effort":"low","modalities":["text"],"audio":{"voice":"alloy"},
            "prompt_cache_key":"k","safety_identifier":"s","store":false,
            "unknown":{"deep":[["down",{"here":"it is"}],null,1.5,""]}}""";

    @Test
    void noCanaryEntersInAnyString() {
        Canaries canaries =
                Canaries.plantedIn(REQUEST, body -> ChatReader.read(body).work());
        assertThat(canaries.strings()).isGreaterThan(200);
        assertThat(canaries.unreadable())
                .containsExactlyInAnyOrder(
                        "model", "messages", "role", "system", "developer", "user", "assistant", "tool", "function");
    }

    @Test
    void noCanaryLeavesInAStream() {
        AnswerCanaries.noneLeaves(
                ChatCanariesTests::frame,
                spans -> Client.stream(upstream(spans)).events());
    }

    @Test
    void noCanaryLeavesInAWholeAnswer() {
        AnswerCanaries.noneLeaves(
                ChatCanariesTests::frame,
                spans -> List.of(Client.whole(upstream(spans)).json()));
    }

    private static Consumer<Sink> upstream(List<Span> spans) {
        return sink -> {
            sink.spans(spans);
            sink.end(Reason.STOP, Spans.USED);
        };
    }

    /** A frame that says all this, log probabilities too. */
    private static Span frame(int position, List<Delta> deltas) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Chunks.deltas(ENVELOPE, deltas.subList(0, 1), out);
        byte[] event = out.toByteArray();
        String frame =
                new String(Arrays.copyOfRange(event, "data: ".length(), event.length - 2), StandardCharsets.UTF_8);
        if (deltas.getLast() instanceof Delta.Marks marks) {
            frame = frame.replace("\"logprobs\":null", "\"logprobs\":" + marks.json());
        }
        return new Span(position, new int[] {position}, deltas, frame.getBytes(StandardCharsets.UTF_8), true);
    }
}
