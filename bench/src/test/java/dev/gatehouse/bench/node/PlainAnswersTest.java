package dev.gatehouse.bench.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.bench.load.Answer;
import dev.gatehouse.bench.load.Client;
import dev.gatehouse.bench.load.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
final class PlainAnswersTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void playsTheSameTextStreamedAndWhole() {
        try (MockNode node = MockNode.start("bench-node", "m");
                Client client = new Client()) {
            Answer stream = client.once(request(node, Script.paced(5, 1), true), LIMIT);
            Answer whole = client.once(request(node, Script.burst(5), false), LIMIT);

            assertThat(stream.events()).isEqualTo(5 + 2);
            assertThat(stream.done()).isTrue();
            assertThat(stream.text()).doesNotContain("\"gh\"");
            assertThat(text(stream)).isEqualTo(MockNode.text(5));
            assertThat(JSON.readTree(whole.body())
                            .at("/choices/0/message/content")
                            .asString())
                    .isEqualTo(MockNode.text(5));
        }
    }

    @Test
    void seesACallerHangUpBeforeTheFirstByteAndOnAWholeAnswer() throws Exception {
        try (MockNode node = MockNode.start("bench-node", "m");
                Client client = new Client()) {
            for (boolean stream : List.of(true, false)) {
                String tag = "hang-up-" + stream;
                Sighting sighting = node.watch(tag);
                var call =
                        client.open(request(node, Script.burst(5).after(30_000).tagged(tag), stream), LIMIT);
                sighting.started().get(10, TimeUnit.SECONDS);
                assertThat(sighting.stopped()).isNotDone();

                long hungUp = call.hangUp();

                assertThat(sighting.stopped().get(10, TimeUnit.SECONDS)).isGreaterThan(hungUp);
            }
        }
    }

    @Test
    void anAnswerOf168TokensHasAbout1400Bytes() {
        try (MockNode node = MockNode.start("bench-node", "tiny-moe");
                Client client = new Client()) {
            assertThat(client.once(request(node, Script.burst(168), false), LIMIT)
                            .length())
                    .isBetween(1_300L, 1_500L);
        }
    }

    @Test
    void refusesAScriptThatItCannotPlay() {
        try (MockNode node = MockNode.start("bench-node", "m");
                Client client = new Client()) {
            Answer answer = client.once(post(node, "{\\\"tokens\\\":0}", false), LIMIT);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("tokens is 0; it must be 1 to 4096");
        }
    }

    private static Request request(MockNode node, Script script, boolean stream) {
        return post(node, script.toJson().replace("\"", "\\\""), stream);
    }

    private static Request post(MockNode node, String message, boolean stream) {
        String json = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + message + "\"}],\"stream\":"
                + stream + "}";
        return Request.post(node.address(), "/v1/chat/completions", "", json);
    }

    private static String text(Answer stream) {
        StringBuilder text = new StringBuilder();
        stream.text()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .forEach(line -> text.append(JSON.readTree(line.substring(6))
                        .at("/choices/0/delta/content")
                        .asString("")));
        return text.toString();
    }
}
