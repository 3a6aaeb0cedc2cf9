package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Filters.Passed;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client hears of an answer behind filters. */
final class Heard {

    private final List<Span> spans = new ArrayList<>();
    private Optional<RuleId> cut = Optional.empty();

    static Heard of(Filters filters, List<List<Span>> deliveries) {
        Heard heard = new Heard();
        for (List<Span> delivery : deliveries) {
            heard.take(filters.pass(delivery));
        }
        heard.take(filters.finish());
        return heard;
    }

    static Heard of(Filters filters, Span... spans) {
        return of(filters, List.of(List.of(spans)));
    }

    private void take(Passed passed) {
        switch (passed) {
            case Passed.Clear clear -> spans.addAll(clear.spans());
            case Passed.Cut ended -> {
                spans.addAll(ended.before());
                cut = Optional.of(ended.rule());
            }
        }
    }

    List<Span> spans() {
        return spans;
    }

    Optional<RuleId> cut() {
        return cut;
    }

    List<Integer> ids() {
        return spans.stream().flatMap(span -> Arrays.stream(span.ids()).boxed()).toList();
    }

    List<Delta> deltas() {
        return spans.stream().flatMap(span -> span.deltas().stream()).toList();
    }

    Map<Channel, String> texts() {
        Map<Channel, String> texts = new HashMap<>();
        for (Delta delta : deltas()) {
            texts.merge(delta.channel(), text(delta), String::concat);
        }
        return texts;
    }

    static String text(Delta delta) {
        return switch (delta) {
            case Delta.Text text -> text.text();
            case Delta.Reasoning reasoning -> reasoning.text();
            case Delta.ToolCall call -> call.arguments();
            case Delta.Marks marks -> "";
            case Delta.Finish finish -> "";
        };
    }
}
