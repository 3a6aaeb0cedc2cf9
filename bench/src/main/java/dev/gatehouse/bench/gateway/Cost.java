package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.load.Tally;

/** What one run cost its target: CPU time in microseconds from before the first request to after the last answer. */
record Cost(Tally tally, double ownUs, double compilerUs, double databaseUs) {

    double perAnswerUs() {
        return ownUs / tally.answers();
    }

    /** How much of its CPU time just-in-time compilers took, in percent: it falls to 0 as the target warms up. */
    double compilerPercent() {
        return ownUs == 0 ? 0 : 100 * compilerUs / ownUs;
    }

    double databasePerAnswerUs() {
        return databaseUs / tally.answers();
    }
}
