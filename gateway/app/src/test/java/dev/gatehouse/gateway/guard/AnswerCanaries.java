package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.Remedy;
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** For the tests of dialects: answers with a canary in each of the places that an answer has, and what a client sees of them. */
public final class AnswerCanaries {

    private static final int SPLITS = 4;

    private static final List<Function<String, List<Delta>>> PLACES = List.of(
            text -> List.of(new Delta.Text(Channel.content(0), "so " + text + " it is")),
            text -> List.of(new Delta.Reasoning(Channel.reasoning(0), "so " + text + " it is")),
            text -> List.of(new Delta.ToolCall(Channel.tool(0, 0), "call_1", "add", "{\"note\":\"" + text + "\"}")),
            text -> List.of(new Delta.ToolCall(Channel.tool(0, 0), "call_1 " + text, "add", "{}")),
            text -> List.of(new Delta.ToolCall(Channel.tool(0, 0), "call_1", "add " + text, "{}")),
            text -> List.of(
                    new Delta.Text(Channel.content(0), "nothing is held of this! "),
                    new Delta.Marks(
                            Channel.content(0), "{\"content\":[{\"token\":\"" + text + "\",\"logprob\":-0.5}]}")),
            text -> List.of(
                    new Delta.Text(Channel.content(0), "key: " + text),
                    new Delta.Marks(
                            Channel.content(0), "{\"content\":[{\"token\":\"" + text + "\",\"logprob\":-0.5}]}")));

    private AnswerCanaries() {}

    /**
     * Sends answers with canaries through filters that mask or end, split at random, and looks at what the client gets.
     *
     * @param frame the upstream's frame that says this, told by its position
     * @param client sends spans through a sink of the dialect and gives back the JSON documents that the client gets
     */
    public static void noneLeaves(
            BiFunction<Integer, List<Delta>, Span> frame, Function<List<Span>, List<JsonNode>> client) {
        for (int seed = 0; seed < SPLITS; seed++) {
            for (Canary canary : Canary.ALL) {
                for (Function<String, List<Delta>> place : PLACES) {
                    List<Span> answer = answer(place.apply(canary.text()), new Random(seed), frame);
                    for (Remedy remedy : List.of(Remedy.MASK, Remedy.BLOCK)) {
                        List<Span> left =
                                Heard.of(filters(remedy), List.of(answer)).spans();
                        assertThat(shown(client.apply(left)).values())
                                .as("%s %s", canary, answer)
                                .noneMatch(canary::shownIn);
                    }
                }
            }
        }
    }

    private static Filters filters(Remedy remedy) {
        return new AnswerFilters(Remedies.all(remedy), finding -> {}, false);
    }

    private static List<Span> answer(List<Delta> said, Random random, BiFunction<Integer, List<Delta>, Span> frame) {
        List<Span> spans = new ArrayList<>();
        if (said.size() > 1) {
            spans.add(frame.apply(0, said));
        } else {
            split(said.getFirst(), random).forEach(delta -> spans.add(frame.apply(spans.size(), List.of(delta))));
        }
        spans.add(frame.apply(spans.size(), List.of(new Delta.Finish(Channel.content(0), Reason.STOP))));
        return spans;
    }

    private static List<Delta> split(Delta said, Random random) {
        List<Delta> pieces = new ArrayList<>();
        String text = Heard.text(said);
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(9));
            pieces.add(piece(said, from == 0, text.substring(from, to)));
            from = to;
        }
        return pieces;
    }

    private static Delta piece(Delta said, boolean first, String text) {
        return switch (said) {
            case Delta.Text whole -> new Delta.Text(whole.channel(), text);
            case Delta.Reasoning whole -> new Delta.Reasoning(whole.channel(), text);
            case Delta.ToolCall whole ->
                new Delta.ToolCall(whole.channel(), first ? whole.id() : "", first ? whole.name() : "", text);
            case Delta.Marks whole -> whole;
            case Delta.Finish whole -> whole;
        };
    }

    /** What a client sees by the place in the documents, those of all documents joined. */
    private static Map<String, String> shown(List<JsonNode> documents) {
        Map<String, String> shown = new LinkedHashMap<>();
        documents.forEach(document -> collect("", document, shown));
        return shown;
    }

    private static void collect(String place, JsonNode node, Map<String, String> shown) {
        node.properties().forEach(member -> {
            shown.merge(place + " names", member.getKey(), String::concat);
            collect(place + "/" + member.getKey(), member.getValue(), shown);
        });
        if (node.isArray()) {
            node.values().forEach(element -> collect(place + "/", element, shown));
        }
        if (node.isValueNode()) {
            shown.merge(place, node.asString(""), String::concat);
        }
    }
}
