package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.host.NotReadyException;
import dev.gatehouse.bench.load.Answer;
import dev.gatehouse.bench.load.Client;
import dev.gatehouse.bench.load.Expected;
import dev.gatehouse.bench.load.WrongAnswerException;
import dev.gatehouse.bench.node.MockNode;
import dev.gatehouse.bench.node.Script;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads one whole answer of a target word by word; all later ones are then only compared with it by length and events. */
final class Probe {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration NODE_LIMIT = Duration.ofSeconds(30);
    private static final int UNAVAILABLE = 503;
    private static final long POLL_MS = 100;
    private static final String DATA = "data: ";

    private final Client client;

    Probe(Client client) {
        this.client = client;
    }

    /** @throws WrongAnswerException if the answer is not what the node played */
    Expected learn(Target target, Script script, boolean stream) {
        Answer answer = client.once(target.request(script, stream), LIMIT);
        try {
            check(script, answer, stream);
        } catch (WrongAnswerException | JacksonException wrong) {
            throw new WrongAnswerException(target.name() + ": " + wrong.getMessage() + "; it answered "
                    + answer.status() + " " + answer.text());
        }
        return Expected.like(answer);
    }

    /**
     * Waits until the target has heard of the node.
     *
     * @throws NotReadyException if it still says so after 30 s
     */
    void awaitNode(Target target) throws InterruptedException {
        long deadline = System.nanoTime() + NODE_LIMIT.toNanos();
        while (true) {
            Answer answer = client.once(target.request(Script.burst(1), false), LIMIT);
            if (answer.status() != UNAVAILABLE) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new NotReadyException(target.name() + " does not use the node that was registered with it: "
                        + answer.status() + " " + answer.text());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private static void check(Script script, Answer answer, boolean stream) {
        require(answer.status() == 200, "status " + answer.status());
        require(answer.done() == stream, stream ? "a stream without [DONE]" : "a stream that was not asked for");
        String text = stream
                ? streamed(answer)
                : JSON.readTree(answer.body()).at("/choices/0/message/content").asString("");
        require(text.equals(MockNode.text(script.tokens())), "not the text that the node played");
        require(tokens(answer, stream) == script.tokens(), "not the usage that the node told");
    }

    private static String streamed(Answer answer) {
        return answer.text()
                .lines()
                .filter(line -> line.startsWith(DATA + "{"))
                .map(line -> JSON.readTree(line.substring(DATA.length())))
                .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                .collect(Collectors.joining());
    }

    private static int tokens(Answer answer, boolean stream) {
        JsonNode last = stream
                ? answer.text()
                        .lines()
                        .filter(line -> line.startsWith(DATA + "{"))
                        .reduce((earlier, later) -> later)
                        .map(line -> JSON.readTree(line.substring(DATA.length())))
                        .orElseThrow(() -> new WrongAnswerException("an empty stream"))
                : JSON.readTree(answer.body());
        return last.at("/usage/completion_tokens").asInt(-1);
    }

    private static void require(boolean right, String fault) {
        if (!right) {
            throw new WrongAnswerException(fault);
        }
    }
}
