package dev.gatehouse.gateway.backend.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FrameReaderTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void readsThinkingWithItsTokens() {
        Span span = span("first-chunk.json");
        assertThat(span.at()).isEqualTo(2);
        assertThat(span.ids()).containsExactly(301, 17);
        assertThat(span.deltas()).containsExactly(new Delta.Reasoning(Channel.reasoning(0), "1"));
    }

    @Test
    void readsText() {
        assertThat(span("content-chunk.json").deltas()).containsExactly(new Delta.Text(Channel.content(0), "579"));
    }

    @Test
    void readsWhichChoiceAChunkBelongsTo() {
        assertThat(span("choice-chunk.json").deltas()).containsExactly(new Delta.Text(Channel.content(1), "5"));
    }

    @Test
    void readsToolCalls() {
        assertThat(span("tool-chunk.json").deltas())
                .containsExactly(new Delta.ToolCall(Channel.tool(0, 0), "call_1", "add", "{\"a\":123"));
    }

    @Test
    void keepsLogProbabilitiesAsTheyAre() {
        Delta.Marks marks = (Delta.Marks) span("logprobs-chunk.json").deltas().get(1);
        JsonNode expected =
                JSON.readTree(NodeProtocol.example("logprobs-chunk.json")).at("/choices/0/logprobs");
        assertThat(JSON.readTree(marks.json())).isEqualTo(expected);
    }

    @Test
    void readsTheFinish() {
        assertThat(span("finish-chunk.json").deltas())
                .containsExactly(new Delta.Finish(Channel.content(0), Reason.STOP));
    }

    @Test
    void readsTheTotalWithItsMeters() {
        assertThat(read("usage-chunk.json"))
                .isEqualTo(new Frame.Total(new Usage(
                        14, 0, 22, 16, new Meters(0.4, 5.1, 13.0, 1.2, 15.2, 1064.5, OptionalDouble.empty()), true)));
    }

    @Test
    void readsAFault() {
        Frame.Failed failed = (Frame.Failed) read("error-frame.json");
        assertThat(failed.why().code()).isEqualTo(Code.UPSTREAM_FAILED);
        assertThat(failed.why().message()).startsWith("The model's context was lost");
    }

    @Test
    void readsTheEnd() {
        byte[] done = "[DONE]".getBytes(UTF_8);
        assertThat(FrameReader.read(done, 0, done.length)).isEqualTo(new Frame.Done());
    }

    @Test
    void showsTheClientTheFrameWithoutWhatIsBetweenUs() {
        for (String name :
                new String[] {"first-chunk.json", "content-chunk.json", "tool-chunk.json", "finish-chunk.json"}) {
            ObjectNode expected = (ObjectNode) JSON.readTree(NodeProtocol.example(name));
            expected.remove("gh");
            assertThat(JSON.readTree(span(name).frame())).isEqualTo(expected);
        }
    }

    @Test
    void readsAFrameInTheMiddleOfABuffer() {
        byte[] frame = NodeProtocol.example("content-chunk.json");
        byte[] buffer = new byte[frame.length + 20];
        System.arraycopy(frame, 0, buffer, 7, frame.length);
        Frame.Piece piece = (Frame.Piece) FrameReader.read(buffer, 7, 7 + frame.length);
        assertThat(new String(piece.span().frame(), UTF_8)).endsWith("\"finish_reason\":null}]}");
        assertThat(piece.span().ids()).containsExactly(25, 29, 31);
    }

    @Test
    void refusesWhatIsNoFrame() {
        byte[] cut = "{\"choices\":[{\"del".getBytes(UTF_8);
        assertThatThrownBy(() -> FrameReader.read(cut, 0, cut.length)).isInstanceOf(JacksonException.class);
        byte[] list = "[1]".getBytes(UTF_8);
        assertThatThrownBy(() -> FrameReader.read(list, 0, list.length)).isInstanceOf(JacksonException.class);
    }

    private static Span span(String example) {
        return ((Frame.Piece) read(example)).span();
    }

    private static Frame read(String example) {
        byte[] bytes = NodeProtocol.example(example);
        return FrameReader.read(bytes, 0, bytes.length);
    }
}
