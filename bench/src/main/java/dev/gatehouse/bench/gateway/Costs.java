package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.load.Series;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The costs of one target, one a round; every figure is the median of the rounds. */
record Costs(List<Cost> rounds) {

    double perAnswerUs() {
        return median(Cost::perAnswerUs);
    }

    double databasePerAnswerUs() {
        return median(Cost::databasePerAnswerUs);
    }

    double perSecond() {
        return median(cost -> cost.tally().perSecond());
    }

    /** CPU time an answer to the peer's of the same round, so that what disturbs the machine disturbs both. */
    double ratioTo(Costs peer) {
        return new Series(IntStream.range(0, rounds.size())
                        .mapToDouble(i ->
                                rounds.get(i).perAnswerUs() / peer.rounds.get(i).perAnswerUs())
                        .toArray())
                .median();
    }

    private double median(ToDoubleFunction<Cost> figure) {
        return new Series(rounds.stream().mapToDouble(figure).toArray()).median();
    }
}
