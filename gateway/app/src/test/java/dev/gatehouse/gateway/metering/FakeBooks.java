package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.backend.Records;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A ledger and nodes that remember, in memory. */
final class FakeBooks implements Books, Records {

    /** One dispatch as it is in the ledger or in a node's record. */
    record Line(IntentId request, NodeName node, Usage usage) {}

    final List<Line> ledger = new ArrayList<>();
    final List<Line> remembered = new ArrayList<>();
    final Map<IntentId, Boolean> intents = new LinkedHashMap<>();
    final List<NodeName> nodes = new ArrayList<>();
    final List<NodeName> silent = new ArrayList<>();
    final List<Report.Mismatch> mismatches = new ArrayList<>();
    List<List<Report.BudgetSum>> budgets = new ArrayList<>();
    final Map<NodeName, Integer> asked = new LinkedHashMap<>();
    int questions;

    @Override
    public Map<NodeName, Total> ledger(Instant from, Instant until) {
        return sums(ledger, line -> isIn(line.request, from, until));
    }

    @Override
    public Map<NodeName, Total> ledger(IntentId request) {
        return sums(ledger, line -> line.request.equals(request));
    }

    @Override
    public List<Arrived> arrived(Instant from, Instant until, int most) {
        return intents.entrySet().stream()
                .filter(intent -> isIn(intent.getKey(), from, until))
                .limit(most)
                .map(intent -> new Arrived(intent.getKey(), intent.getValue()))
                .toList();
    }

    @Override
    public List<Report.Mismatch> mismatches(Instant from, Instant until, int most) {
        return mismatches.stream()
                .filter(one -> isIn(new IntentId(one.request()), from, until))
                .toList();
    }

    @Override
    public List<Report.BudgetSum> budgets(Instant from, Instant until) {
        return budgets.size() > 1 ? budgets.removeFirst() : budgets.isEmpty() ? List.of() : budgets.getFirst();
    }

    @Override
    public List<NodeName> nodes() {
        return nodes;
    }

    @Override
    public Optional<Total> total(NodeName node, Instant from, Instant until) {
        return answer(node, line -> isIn(line.request, from, until));
    }

    @Override
    public Optional<Total> total(NodeName node, IntentId request) {
        return answer(node, line -> line.request.equals(request));
    }

    private Optional<Total> answer(NodeName node, Predicate<Line> which) {
        questions++;
        asked.merge(node, 1, Integer::sum);
        return silent.contains(node)
                ? Optional.empty()
                : Optional.of(sums(remembered, which).getOrDefault(node, Total.NONE));
    }

    private static Map<NodeName, Total> sums(List<Line> lines, Predicate<Line> which) {
        Map<NodeName, Total> sums = new LinkedHashMap<>();
        lines.stream()
                .filter(which)
                .forEach(
                        line -> sums.merge(line.node, Total.NONE.plus(line.usage), (sum, one) -> sum.plus(line.usage)));
        return sums;
    }

    private static boolean isIn(IntentId request, Instant from, Instant until) {
        return !request.at().isBefore(from) && request.at().isBefore(until);
    }
}
