package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.host.Database;
import dev.gatehouse.bench.host.Database.Outcomes;
import dev.gatehouse.bench.load.Answer;
import dev.gatehouse.bench.load.Client;
import dev.gatehouse.bench.load.WrongAnswerException;
import dev.gatehouse.bench.node.MockNode;
import dev.gatehouse.bench.node.Script;
import dev.gatehouse.bench.node.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sees for itself what the gateway does for each request, before anything is measured that says so in its name. */
final class EverythingOn {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int ANSWERS = 4;
    private static final Script ANSWER = Script.burst(16);
    private static final String WRONG_KEY = "gh_live_" + "0".repeat(38);
    private static final String CARD = "4111 1111 1111 1111";

    private final Client client;
    private final MockNode node;
    private final Target gateway;

    EverythingOn(Client client, MockNode node, Target gateway) {
        this.client = client;
        this.node = node;
        this.gateway = gateway;
    }

    /**
     * What was seen, one phrase each.
     *
     * @throws WrongAnswerException if something is off
     */
    List<String> atTheDoor() {
        return List.of(key(), guard());
    }

    /**
     * What was seen in the database, one phrase each.
     *
     * @throws WrongAnswerException if something is off
     */
    List<String> in(Database database) {
        List<String> seen = new ArrayList<>(written(database));
        Stream.of("fsync", "synchronous_commit")
                .map(setting -> isOn(setting, database.setting(setting)))
                .forEach(seen::add);
        return seen;
    }

    private String key() {
        Answer answer = ask(gateway.withKey(WRONG_KEY), ANSWER);
        require(answer.status() == UNAUTHORIZED, "a wrong key was answered " + answer.status());
        return "key (a wrong one: 401)";
    }

    /** A number in the script's tag stands in the prompt, and the node tells whether it arrived there. */
    private String guard() {
        Sighting unmasked = node.watch(CARD);
        Answer answer = ask(gateway, ANSWER.tagged(CARD));
        if (answer.status() == BAD_REQUEST && answer.text().contains("content_policy")) {
            return "guard (a card number in a prompt: refused)";
        }
        require(answer.status() == OK, "a card number in a prompt was answered " + answer.status());
        require(!unmasked.started().isDone(), "a card number in a prompt reached the node");
        return "guard (a card number in a prompt: masked)";
    }

    private List<String> written(Database database) {
        Outcomes before = database.outcomes();
        for (int i = 0; i < ANSWERS; i++) {
            Answer answer = ask(gateway, ANSWER);
            require(answer.status() == OK, "a plain request was answered " + answer.status());
        }
        Outcomes written = database.outcomes().minus(before);
        require(written.completed() == ANSWERS, written.completed() + " outcomes of " + ANSWERS + " answers");
        require(
                written.completionTokens() == (long) ANSWERS * ANSWER.tokens(),
                written.completionTokens() + " tokens metered of " + ANSWERS * ANSWER.tokens());
        require(
                written.screenedBytes()
                        > (long) ANSWERS * MockNode.text(ANSWER.tokens()).length(),
                "the guard read only " + written.screenedBytes() + " bytes of " + ANSWERS + " prompts and answers");
        return List.of(
                "audit (%d answers: %d outcomes)".formatted(ANSWERS, written.completed()),
                "meter (%d tokens)".formatted(written.completionTokens()),
                "%d bytes screened a request".formatted(written.screenedBytes() / ANSWERS));
    }

    private Answer ask(Target target, Script script) {
        return client.once(target.request(script, false), LIMIT);
    }

    private static String isOn(String setting, String value) {
        require(value.equals("on"), setting + " of PostgreSQL is " + value);
        return setting + " on";
    }

    private static void require(boolean on, String fault) {
        if (!on) {
            throw new WrongAnswerException("not everything is on: " + fault);
        }
    }
}
