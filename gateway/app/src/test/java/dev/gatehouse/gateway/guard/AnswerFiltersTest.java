package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.StreamFilter.Remedy;
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Delta.Finish;
import dev.gatehouse.gateway.vocabulary.Delta.Marks;
import dev.gatehouse.gateway.vocabulary.Delta.Reasoning;
import dev.gatehouse.gateway.vocabulary.Delta.Text;
import dev.gatehouse.gateway.vocabulary.Delta.ToolCall;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Filters.Passed;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerFiltersTest {

    private static final Channel CONTENT = Channel.content(0);
    private static final Channel THINKING = Channel.reasoning(0);
    private static final Channel TOOL = Channel.tool(0, 0);
    private static final String CARD = "4111 1111 1111 1111";

    private int token;

    private static Filters masking() {
        return new AnswerFilters(Remedy.MASK, finding -> {}, false);
    }

    private static Filters cutting() {
        return new AnswerFilters(Remedy.STOP, finding -> {}, false);
    }

    private Span span(Delta... deltas) {
        token++;
        byte[] frame = ("{\"n\":" + token + "}").getBytes(StandardCharsets.UTF_8);
        return new Span(token, new int[] {token}, List.of(deltas), frame, true);
    }

    private static Text text(String text) {
        return new Text(CONTENT, text);
    }

    private static Finish finish() {
        return new Finish(CONTENT, Reason.STOP);
    }

    @Test
    void masksANumberThatIsSplitOverFrames() {
        Heard heard = Heard.of(
                masking(), span(text("pay 4111 1")), span(text("111 1111 11")), span(text("11 now")), span(finish()));
        assertThat(heard.deltas()).containsExactly(text("pay "), text("[payment card ****1111] now"), finish());
        assertThat(heard.ids()).containsExactly(1, 2, 3, 4);
        assertThat(heard.spans()).extracting(Span::intact).containsExactly(false, false, true);
    }

    @Test
    void sendsHeldTextBeforeTheEndOfItsChoice() {
        Span end = span(finish());
        Heard heard = Heard.of(masking(), span(new Reasoning(THINKING, "4")), span(text("579")), end);
        assertThat(heard.deltas()).containsExactly(new Reasoning(THINKING, "4"), text("579"), finish());
        assertThat(heard.spans().getLast()).isSameAs(end);
        assertThat(heard.ids()).containsExactly(2, 3, 1);
    }

    @Test
    void sendsHeldTextWhenAnAnswerEndsWithoutAFinish() {
        Heard heard = Heard.of(masking(), span(text("so 4")), span(text("1")));
        assertThat(heard.deltas()).containsExactly(text("so "), text("41"));
        assertThat(heard.ids()).containsExactly(1, 2);
    }

    @Test
    void joinsHeldTextToThatOfTheFrameWithTheEnd() {
        Heard heard = Heard.of(masking(), span(text("so 4 and 5"), finish()));
        assertThat(heard.deltas()).containsExactly(text("so 4 and 5"), finish());
    }

    @Test
    void endsAPartWhenAnotherBeginsWhereTheyAreToldApart() {
        Filters apart = new AnswerFilters(Remedy.MASK, finding -> {}, true);
        Heard heard = Heard.of(
                apart,
                span(new Reasoning(THINKING, "so 4")),
                span(text("579")),
                span(new ToolCall(TOOL, "call_1", "tell", "{}")),
                span(finish()));
        assertThat(heard.deltas())
                .containsExactly(
                        new Reasoning(THINKING, "so "),
                        new Reasoning(THINKING, "4"),
                        text("579"),
                        new ToolCall(TOOL, "call_1", "tell", "{}"),
                        finish());
    }

    @Test
    void masksWhatAPartEndsWithWhereTheyAreToldApart() {
        Filters apart = new AnswerFilters(Remedy.MASK, finding -> {}, true);
        Heard heard = Heard.of(apart, span(new Reasoning(THINKING, CARD)), span(text("ok"), finish()));
        assertThat(heard.deltas())
                .containsExactly(new Reasoning(THINKING, "[payment card ****1111]"), text("ok"), finish());
    }

    @Test
    void cutsAtWhatAPartEndsWithWhereTheyAreToldApart() {
        Filters apart = new AnswerFilters(Remedy.STOP, finding -> {}, true);
        Heard heard = Heard.of(apart, span(new Reasoning(THINKING, "a " + CARD)), span(text("ok")));
        assertThat(heard.deltas()).containsExactly(new Reasoning(THINKING, "a "));
        assertThat(heard.cut()).isPresent();
    }

    @Test
    void letsOtherChannelsPassHeldText() {
        Span other = span(text("meanwhile"));
        Heard heard = Heard.of(masking(), span(new Reasoning(THINKING, "see 4")), other);
        assertThat(heard.spans().get(1)).isSameAs(other);
    }

    @Test
    void findsEscapedDigitsInArgumentsAndKeepsThemAJsonDocument() {
        Heard heard = Heard.of(
                masking(),
                span(new ToolCall(TOOL, "call_1", "pay", "{\"card\":\"\\u00")),
                span(new ToolCall(TOOL, "", "", "34111111111111111\",\"again\":41111111")),
                span(new ToolCall(TOOL, "", "", "11111111}")));
        assertThat(heard.texts().getOrDefault(TOOL, ""))
                .isEqualTo("{\"card\":\"[payment card ****1111]\",\"again\":0}");
        assertThat(heard.deltas().getFirst()).isEqualTo(new ToolCall(TOOL, "call_1", "pay", "{\"card\":\""));
    }

    @Test
    void sendsTheNameOfACallWhoseArgumentsAreHeld() {
        Heard heard = Heard.of(masking(), span(new ToolCall(TOOL, "call_1", "pay", "4")));
        assertThat(heard.deltas())
                .containsExactly(new ToolCall(TOOL, "call_1", "pay", ""), new ToolCall(TOOL, "", "", "4"));
    }

    @Test
    void masksNamesAndIdsOfCalls() {
        Heard heard = Heard.of(masking(), span(new ToolCall(TOOL, "4111111111111111", "pay-4111111111111111", "{}")));
        assertThat(heard.deltas())
                .containsExactly(new ToolCall(TOOL, "[payment card ****1111]", "pay-[payment card ****1111]", "{}"));
    }

    @Test
    void dropsMarksBesideHeldAndMaskedTextOnly() {
        Marks marks = new Marks(CONTENT, "{}");
        Heard heard = Heard.of(
                masking(),
                span(text("a"), marks),
                span(marks, text("b 4111")),
                span(marks),
                span(text(" 1111 1111 1111;"), marks),
                span(text(" c"), marks));
        assertThat(heard.deltas())
                .containsExactly(text("a"), marks, text("b "), text("[payment card ****1111];"), text(" c"), marks);
        assertThat(heard.ids()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void cutsBeforeTheNumberAndStaysCut() {
        Filters filters = cutting();
        Span clean = span(text("pay "));
        assertThat(filters.pass(List.of(clean, span(text("with " + CARD + " now")), span(text(" and more")))))
                .isInstanceOfSatisfying(Passed.Cut.class, cut -> {
                    assertThat(cut.rule()).isEqualTo(new RuleId("pii.payment-card"));
                    assertThat(cut.before()).first().isSameAs(clean);
                    assertThat(cut.before()).flatExtracting(Span::deltas).containsExactly(text("pay "), text("with "));
                });
        assertThat(filters.pass(List.of(span(text("more")))))
                .isEqualTo(new Passed.Cut(List.of(), new RuleId("pii.payment-card")));
        assertThat(filters.finish()).isEqualTo(new Passed.Cut(List.of(), new RuleId("pii.payment-card")));
    }

    @Test
    void cutsAtANumberThatTheAnswerEndsWith() {
        Heard heard = Heard.of(cutting(), span(text("pay " + CARD)), span(finish()));
        assertThat(heard.cut()).contains(new RuleId("pii.payment-card"));
        assertThat(heard.deltas()).containsExactly(text("pay "));
    }

    @Test
    void countsEachFindingOnce() {
        List<String> rules = new ArrayList<>();
        Filters filters = new AnswerFilters(Remedy.MASK, finding -> rules.add(finding.rule()), false);
        Heard.of(filters, span(text(CARD + "; ")), span(new Reasoning(THINKING, CARD)), span(finish()));
        assertThat(rules).hasSize(2);
    }
}
