package dev.gatehouse.bench.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the same runs cost several targets, round by round. */
final class Comparison {

    private final Map<Target, List<Cost>> rounds = new LinkedHashMap<>();

    void add(Target target, Cost cost) {
        rounds.computeIfAbsent(target, first -> new ArrayList<>()).add(cost);
    }

    Costs of(Target target) {
        return new Costs(rounds.getOrDefault(target, List.of()));
    }
}
