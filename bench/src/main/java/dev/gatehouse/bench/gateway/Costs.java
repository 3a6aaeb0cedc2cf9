package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.report.Series;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The costs of one target, one a round. */
record Costs(List<Cost> rounds) {

    Series perAnswerUs() {
        return each(Cost::perAnswerUs);
    }

    Series compilerPercent() {
        return each(Cost::compilerPercent);
    }

    Series databasePerAnswerUs() {
        return each(Cost::databasePerAnswerUs);
    }

    Series perSecond() {
        return each(cost -> cost.tally().perSecond());
    }

    private Series each(ToDoubleFunction<Cost> figure) {
        return new Series(rounds.stream().mapToDouble(figure).toArray());
    }
}
