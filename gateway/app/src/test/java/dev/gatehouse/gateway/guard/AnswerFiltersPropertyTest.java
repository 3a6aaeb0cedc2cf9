package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.PaymentCards;
import dev.gatehouse.detect.StreamFilter;
import dev.gatehouse.detect.StreamFilter.Notation;
import dev.gatehouse.detect.StreamFilter.Remedy;
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta.Finish;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Filters.Passed;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.json.JsonMapper;

final class AnswerFiltersPropertyTest {

    private static Filters masking() {
        return new AnswerFilters(Remedy.MASK, finding -> {}, false);
    }

    private static Filters cutting() {
        return new AnswerFilters(Remedy.STOP, finding -> {}, false);
    }

    @Property(tries = 2_000)
    void masksEachChannelHoweverItIsSplitOverFrames(@ForAll long seed) {
        Answers answer = Answers.withNumbers(seed);
        Heard heard = Heard.of(masking(), answer.deliveries());
        answer.texts()
                .forEach((channel, text) ->
                        assertThat(heard.texts().getOrDefault(channel, "")).isEqualTo(masked(channel, text)));
        assertNoNumberLeft(heard);
        assertNothingElseLost(heard, answer);
    }

    @Property(tries = 1_000)
    void endsBeforeTheFirstNumberWhenItIsToCut(@ForAll long seed) {
        Answers answer = Answers.withNumbers(seed);
        Heard heard = Heard.of(cutting(), answer.deliveries());
        boolean planted = answer.texts().entrySet().stream()
                .anyMatch(entry -> !masked(entry.getKey(), entry.getValue()).equals(entry.getValue()));
        assertThat(heard.cut().isPresent()).isEqualTo(planted);
        answer.texts()
                .forEach((channel, text) ->
                        assertThat(text).startsWith(heard.texts().getOrDefault(channel, "")));
        assertNoNumberLeft(heard);
    }

    @Property(tries = 1_000)
    void givesBackTheVerySpansWhenThereIsNothingToFind(@ForAll long seed) {
        Answers answer = Answers.clean(seed);
        Filters filters = masking();
        List<Span> left = new ArrayList<>();
        for (List<Span> delivery : answer.deliveries()) {
            Passed.Clear clear = (Passed.Clear) filters.pass(delivery);
            left.addAll(clear.spans());
        }
        assertThat(left)
                .usingElementComparator(AnswerFiltersPropertyTest::identity)
                .isEqualTo(answer.spans());
    }

    private static int identity(Span first, Span second) {
        return Integer.compare(System.identityHashCode(first), System.identityHashCode(second));
    }

    private static List<Integer> ids(Answers answer) {
        return answer.spans().stream()
                .flatMap(span -> Arrays.stream(span.ids()).boxed())
                .toList();
    }

    private static String masked(Channel channel, String text) {
        Notation notation = channel.part() == Channel.Part.TOOL ? Notation.JSON : Notation.PLAIN;
        StreamFilter filter = new StreamFilter(PaymentCards::new, notation, Remedy.MASK, finding -> {});
        return filter.feed(text) + filter.finish();
    }

    private static void assertNoNumberLeft(Heard heard) {
        heard.texts().forEach((channel, text) -> {
            String decoded = channel.part() == Channel.Part.TOOL ? unescaped(text) : text;
            String digits = decoded.replaceAll("[ \u00a0\u200b-]", "");
            for (String number : Answers.numbers()) {
                for (int i = 0; i + 7 <= number.length(); i++) {
                    assertThat(digits).doesNotContain(number.substring(i, i + 7));
                }
            }
        });
    }

    private static String unescaped(String json) {
        return Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(json)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }

    private static void assertNothingElseLost(Heard heard, Answers answer) {
        assertThat(heard.ids()).isEqualTo(ids(answer));
        assertThat(heard.spans()).extracting(Span::at).isSorted();
        assertThat(heard.deltas().getLast()).isEqualTo(new Finish(Channel.content(1), Reason.STOP));
        assertThat(heard.deltas()).filteredOn(Finish.class::isInstance).hasSize(2);
        for (Channel tool : List.of(Channel.tool(0, 0), Channel.tool(0, 1))) {
            JsonMapper.shared().readTree(heard.texts().getOrDefault(tool, ""));
        }
    }
}
