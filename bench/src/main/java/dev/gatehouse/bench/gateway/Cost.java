package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.load.Tally;

/** What one run cost its target: CPU time in microseconds from before the first request to after the last answer. */
record Cost(Tally tally, double ownUs, double databaseUs) {

    double perAnswerUs() {
        return ownUs / tally.answers();
    }

    double databasePerAnswerUs() {
        return databaseUs / tally.answers();
    }
}
