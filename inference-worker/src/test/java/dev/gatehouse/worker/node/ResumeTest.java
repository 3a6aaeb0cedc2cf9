package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One node goes on where another one stopped. */
class ResumeTest {

    private static final String SCRIPT = TestGateway.script(
            "{'reasoning':'1 2','content':'It is 579, and a €.','tool':{'name':'add','arguments':'[1, 2, 3]'},'cut':[2,3,5,9,18,21,22,25,28]}");

    @TempDir
    private static Path directory;

    private static TestNode first;
    private static TestNode second;

    @BeforeAll
    static void start() throws Exception {
        first = TestNode.start(directory.resolve("first"));
        second = TestNode.start(directory.resolve("second"));
    }

    @AfterAll
    static void close() {
        first.close();
        second.close();
    }

    @Test
    void anAnswerCutAfterAnyFrameGoesOnWithTheNext() throws Exception {
        String intent = TestNode.newIntent();
        List<JsonNode> uncut = first.gateway.run(intent + "-1", 100, SCRIPT).all();
        assertThat(uncut).hasSizeGreaterThan(8);
        for (int cut = 1; cut < uncut.size(); cut++) {
            String body = TestGateway.begun(SCRIPT, uncut.subList(0, cut));
            Sse sse = second.gateway.resume(intent + "-" + (cut + 1), 100, body);
            List<JsonNode> rest = sse.all();
            assertThat(sse.done()).isTrue();
            int known = cut == uncut.size() - 1 ? cut - 1 : cut;
            assertThat(withoutMeters(rest)).isEqualTo(withoutMeters(uncut.subList(known, uncut.size())));
        }
    }

    @Test
    void theRecordCountsTheWholeAnswerAndSaysWhatOfItWasGiven() throws Exception {
        String chat = TestGateway.chat("one two three four");
        String intent = TestNode.newIntent();
        List<JsonNode> uncut = first.gateway.run(intent + "-1", 100, chat).all();

        List<JsonNode> rest = second.gateway
                .resume(intent + "-2", 100, TestGateway.begun(chat, uncut.subList(0, 3)))
                .all();

        JsonNode record = second.gateway.record(intent + "-2").json();
        assertThat(record.path("resumed").intValue()).isEqualTo(3);
        assertThat(record.path("usage")).isEqualTo(uncut.getLast().path("usage"));
        assertThat(record.path("usage")).isEqualTo(rest.getLast().path("usage"));
        assertThat(first.gateway.record(intent + "-1").json().path("resumed").intValue())
                .isZero();
    }

    @Test
    void refusesWhatItCanNotGoOnFrom() throws Exception {
        String chat = TestGateway.chat("one two three");
        List<JsonNode> uncut = first.gateway.run(TestNode.newId(), 100, chat).all();
        String good = TestGateway.begun(chat, uncut.subList(0, 2));
        assertThat(refusal(good.replaceFirst("\\{", "{\"n\":2,"))).containsExactly("unsupported_value", "n");
        assertThat(refusal(chat)).containsExactly("invalid_value", "gh.characters");
        assertThat(refusal(good.replaceFirst("\\[[0-9,]+]", "[]"))).containsExactly("invalid_value", "gh.ids");
        assertThat(refusal(good.replaceFirst("\\[[0-9]+", "[1.5"))).containsExactly("invalid_value", "gh.ids");
        assertThat(refusal(good.replaceFirst("\\[[0-9]+", "[1"))).containsExactly("invalid_value", "gh.ids");
    }

    @Test
    void aTicketToRunAllowsNoResume() throws Exception {
        String id = TestNode.newId();
        String body = TestGateway.chat("a");
        String ticket = TestGateway.sign(TestGateway.claims("run", id, 5, body), TestGateway.KEY);
        assertThat(second.gateway
                        .call("POST", "/node/v1/exchanges/" + id + "/resume", ticket, body)
                        .code())
                .isEqualTo("ticket_invalid");
    }

    private static List<String> refusal(String body) throws Exception {
        Sse sse = second.gateway.resume(TestNode.newId(), 100, body);
        JsonNode error = sse.next().orElseThrow().path("error");
        assertThat(sse.status()).isEqualTo(400);
        return List.of(error.path("code").asString(), error.path("param").asString());
    }

    private static List<String> withoutMeters(List<JsonNode> frames) {
        List<String> texts = new ArrayList<>();
        frames.forEach(frame -> texts.add(frame.toString().replaceFirst(",\"meters\":.*", "")));
        return texts;
    }
}
