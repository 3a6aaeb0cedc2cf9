package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.report.Series;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The costs of one target, one a round. */
record Costs(List<Cost> rounds) {

    Series perAnswerUs() {
        return each(Cost::perAnswerUs);
    }

    /** CPU time of one of the {@code parts} that every answer has. */
    Series perPartUs(int parts) {
        return each(cost -> cost.perAnswerUs() / parts);
    }

    Series databasePerAnswerUs() {
        return each(Cost::databasePerAnswerUs);
    }

    Series perSecond() {
        return each(cost -> cost.tally().perSecond());
    }

    /** Round by round, so that what disturbs the machine disturbs both sides. */
    Series ratio(Costs peer, ToDoubleFunction<Cost> figure) {
        return new Series(IntStream.range(0, rounds.size())
                .mapToDouble(i -> figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(peer.rounds.get(i)))
                .toArray());
    }

    private Series each(ToDoubleFunction<Cost> figure) {
        return new Series(rounds.stream().mapToDouble(figure).toArray());
    }
}
