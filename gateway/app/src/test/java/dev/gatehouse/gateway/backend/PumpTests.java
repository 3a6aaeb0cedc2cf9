package dev.gatehouse.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.quota.Grant;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PumpTests {

    private static final Usage USED = new Usage(10, 0, 3, 0, Meters.NONE, true);
    private static final Problem WHY = Problem.of(Code.UPSTREAM_LOST, "gone");

    private final RecordingSink client = new RecordingSink();
    private final FakeUpstream upstream = new FakeUpstream();
    private final Pump pump = pump(new AllClear(), 256);

    @Test
    void letsTextThroughAndHoldsTheEnd() {
        pump.spans(List.of(text(1, "a"), text(2, "b")));
        pump.spans(List.of(finish(3)));
        pump.ended(Reason.STOP, USED);
        assertThat(client.written).containsExactly("a", "b");
        assertThat(pump.await()).isEqualTo(new Turn.Ended(USED, Reason.STOP));
        pump.release();
        assertThat(client.written).containsExactly("a", "b", "finish STOP", "end STOP 3");
    }

    @Test
    void theEndOfOneChoiceDoesNotHoldUpTheOthers() {
        pump.spans(List.of(text(1, "a"), finish(2), text(3, 1, "b")));
        pump.spans(List.of(text(4, 1, "c")));
        assertThat(client.written).containsExactly("a", "b", "c");
        pump.ended(Reason.STOP, USED);
        pump.release();
        assertThat(client.written).containsExactly("a", "b", "c", "finish STOP", "end STOP 3");
    }

    @Test
    void aCutKeepsTheEndsThatCameBeforeIt() {
        Pump cut = pump(new CutAt("bad"), 256);
        cut.spans(List.of(text(1, "a"), finish(2), text(3, 1, "bad")));
        cut.stop(Cause.CUT);
        cut.release();
        assertThat(client.written).containsExactly("a", "finish STOP", "end CONTENT_FILTER 3");
    }

    @Test
    void tellsWhetherTheClientHasSeenAnythingOfALostUpstream() {
        pump.lost(WHY);
        assertThat(pump.await()).isEqualTo(Turn.Lost.unseen(WHY));

        Pump later = pump(new AllClear(), 256);
        later.spans(List.of(text(1, "a")));
        later.lost(WHY);
        assertThat(later.await())
                .isInstanceOfSatisfying(
                        Turn.Lost.class, lost -> assertThat(lost.wrote()).isTrue());
    }

    @Test
    void anUpstreamLostAfterItsFinishButBeforeItsCountIsLost() {
        pump.spans(List.of(text(1, "a"), finish(2)));
        pump.lost(WHY);
        assertThat(pump.await())
                .isInstanceOfSatisfying(
                        Turn.Lost.class, lost -> assertThat(lost.wrote()).isTrue());
        pump.fail(WHY);
        assertThat(client.written).containsExactly("a", "fail UPSTREAM_LOST");
    }

    @Test
    void tellsWhatHasArrivedAlsoWhatTheGuardHolds() {
        Filters filters = new HoldsAfter("a");
        Pump holding = pump(filters, 256);
        holding.spans(List.of(text(1, "a"), span(2, new Delta.ToolCall(Channel.tool(0, 0), "c", "add", "{"))));
        holding.lost(WHY);
        assertThat(client.written).containsExactly("a");
        assertThat(holding.await()).isInstanceOfSatisfying(Turn.Lost.class, lost -> {
            Transcript seen = lost.seen().orElseThrow();
            assertThat(seen.ids()).containsExactly(1, 1);
            assertThat(seen.characters()).isEqualTo(5);
            assertThat(seen.filters()).isSameAs(filters);
        });
    }

    @Test
    void tellsNothingOfAnUpstreamThatDoesNotTellEveryToken() {
        pump.spans(List.of(text(1, "a"), text(3, "b")));
        pump.lost(WHY);
        assertThat(pump.await()).isEqualTo(new Turn.Lost(WHY, true, Optional.empty()));
    }

    @Test
    void goesOnWithTheSameFiltersAndCountsFromWhereItWas() {
        Filters filters = new HoldsAll();
        filters.pass(List.of(text(1, "held ")));
        client.spans(List.of(text(1, "a")));
        Pump second = new Pump(client, new Transcript(new int[] {1}, 5, filters, 42), upstream, 256, 1000);
        second.spans(List.of(text(2, "b")));
        second.lost(WHY);
        assertThat(second.firstTokenNanos()).isEqualTo(42);
        assertThat(second.await()).isInstanceOfSatisfying(Turn.Lost.class, lost -> {
            Transcript seen = lost.seen().orElseThrow();
            assertThat(seen.ids()).containsExactly(1, 1);
            assertThat(seen.characters()).isEqualTo(6);
        });
        Pump third = new Pump(client, new Transcript(new int[] {1, 1}, 6, filters, 42), upstream, 256, 1000);
        third.ended(Reason.STOP, USED);
        third.release();
        assertThat(client.written).containsExactly("a", "held ", "b", "end STOP 3");
    }

    @Test
    void asksForMoreOnceForEachCap() {
        Pump capped = pump(new AllClear(), 40);
        capped.spans(List.of(text(7, "a")));
        capped.spans(List.of(text(8, "b")));
        capped.spans(List.of(text(9, "c")));
        assertThat(capped.await()).isEqualTo(new Turn.NeedsMore(40));
        capped.grant(new Grant.Granted(80));
        capped.spans(List.of(text(50, "d")));
        assertThat(capped.await()).isEqualTo(new Turn.NeedsMore(80));
        assertThat(upstream.caps).containsExactly("80");
    }

    @Test
    void asksForNothingBeyondTheRequestsOwnBound() {
        Pump bounded = new Pump(client, new AllClear(), upstream, 40, 40);
        bounded.spans(List.of(text(39, "a")));
        bounded.ended(Reason.LENGTH, USED);
        assertThat(bounded.await()).isEqualTo(new Turn.Ended(USED, Reason.LENGTH));
    }

    @Test
    void saysThatTheBudgetEndedTheAnswer() {
        Pump capped = pump(new AllClear(), 40);
        capped.spans(List.of(text(20, "a")));
        assertThat(capped.await()).isInstanceOf(Turn.NeedsMore.class);
        capped.grant(new Grant.Capped(40, WHY));
        Usage all = new Usage(10, 0, 40, 0, Meters.NONE, true);
        capped.ended(Reason.LENGTH, all);
        assertThat(capped.await()).isEqualTo(new Turn.Ended(all, Reason.BUDGET));
        assertThat(upstream.caps).containsExactly("40 last");
    }

    @Test
    void endsWhereTheGuardCuts() {
        Pump cut = pump(new CutAt("bad"), 256);
        cut.spans(List.of(text(1, "a"), text(2, "bad"), text(3, "c")));
        cut.spans(List.of(text(4, "d")));
        assertThat(cut.await()).isEqualTo(new Turn.Cut(CutAt.RULE));
        assertThat(cut.stop(Cause.CUT).completion()).isEqualTo(3);
        cut.release();
        assertThat(client.written).containsExactly("a", "end CONTENT_FILTER 3");
    }

    @Test
    void whatTheGuardHeldLeavesWithTheEnd() {
        Pump held = pump(new HoldsAll(), 256);
        held.spans(List.of(text(1, "a"), text(2, "b")));
        held.ended(Reason.STOP, USED);
        assertThat(client.written).isEmpty();
        assertThat(held.await()).isInstanceOf(Turn.Ended.class);
        held.release();
        assertThat(client.written).containsExactly("a", "b", "end STOP 3");
    }

    @Test
    void aClientThatLeavesEndsTheFlowAndTheNextOne() {
        pump.start();
        client.leave();
        assertThat(pump.await()).isEqualTo(new Turn.Left(Cause.CLIENT_GONE));
        pump.spans(List.of(text(1, "late")));
        assertThat(client.written).isEmpty();

        Pump next = pump(new AllClear(), 256);
        next.start();
        assertThat(next.closed()).isTrue();
        assertThat(next.await()).isEqualTo(new Turn.Left(Cause.CLIENT_GONE));
    }

    @Test
    void onlyTheFirstEndCounts() {
        pump.refused(WHY);
        pump.lost(WHY);
        pump.ended(Reason.STOP, USED);
        assertThat(pump.await()).isEqualTo(new Turn.Refused(WHY));
        assertThat(client.written).isEmpty();
    }

    @Test
    void stopsWithWhatHadArrived() {
        pump.spans(List.of(text(5, "a")));
        assertThat(pump.stop(Cause.CLIENT_GONE).completion()).isEqualTo(5);
    }

    private Pump pump(Filters filters, long cap) {
        return new Pump(client, filters, upstream, cap, 1000);
    }

    private static Span text(long at, String text) {
        return text(at, 0, text);
    }

    private static Span text(long at, int choice, String text) {
        return span(at, new Delta.Text(Channel.content(choice), text));
    }

    private static Span finish(long at) {
        return span(at, new Delta.Finish(Channel.content(0), Reason.STOP));
    }

    private static Span span(long at, Delta delta) {
        return new Span(at, new int[] {1}, List.of(delta), new byte[0], true);
    }

    private static final class FakeUpstream implements Upstream {
        private final List<String> caps = new ArrayList<>();

        @Override
        public void cap(long total, boolean last) {
            caps.add(total + (last ? " last" : ""));
        }

        @Override
        public Usage stop(Cause why, long seen) {
            return Usage.atLeast(seen);
        }

        @Override
        public boolean asked() {
            return true;
        }
    }

    private static class AllClear implements Filters {
        @Override
        public Passed pass(List<Span> spans) {
            return new Passed.Clear(spans);
        }

        @Override
        public Passed finish() {
            return new Passed.Clear(List.of());
        }
    }

    private static final class HoldsAfter extends AllClear {
        private final String last;

        private HoldsAfter(String last) {
            this.last = last;
        }

        @Override
        public Passed pass(List<Span> spans) {
            return new Passed.Clear(spans.stream()
                    .filter(span -> span.deltas().getFirst().equals(new Delta.Text(Channel.content(0), last)))
                    .toList());
        }
    }

    private static final class HoldsAll implements Filters {
        private final List<Span> held = new ArrayList<>();

        @Override
        public Passed pass(List<Span> spans) {
            held.addAll(spans);
            return new Passed.Clear(List.of());
        }

        @Override
        public Passed finish() {
            return new Passed.Clear(held);
        }
    }

    private static final class CutAt extends AllClear {
        private static final RuleId RULE = new RuleId("test.word");
        private final String word;

        private CutAt(String word) {
            this.word = word;
        }

        @Override
        public Passed pass(List<Span> spans) {
            for (int i = 0; i < spans.size(); i++) {
                if (spans.get(i).deltas().getFirst() instanceof Delta.Text(var channel, String text)
                        && text.equals(word)) {
                    return new Passed.Cut(spans.subList(0, i), RULE);
                }
            }
            return new Passed.Clear(spans);
        }
    }
}
