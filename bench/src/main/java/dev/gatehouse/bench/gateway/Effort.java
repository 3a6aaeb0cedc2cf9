package dev.gatehouse.bench.gateway;

import java.time.Duration;

/**
 * How much is run.
 *
 * @param rounds interleaved rounds of each measurement
 * @param saturated length of one saturated run
 * @param streamsEach streams that each caller reads in one paced run
 * @param cancels hang-ups of each kind
 * @param openLoop length of one open-loop run
 * @param openLoopRounds rounds of the open loop: its tails are noisier than CPU time
 * @param warmUpRequests longest warm-up for requests
 * @param warmUpStreams longest warm-up for streams
 */
record Effort(
        int rounds,
        Duration saturated,
        int streamsEach,
        int cancels,
        Duration openLoop,
        int openLoopRounds,
        Duration warmUpRequests,
        Duration warmUpStreams) {

    static final Effort QUICK = new Effort(
            3, Duration.ofSeconds(4), 2, 3, Duration.ofSeconds(3), 5, Duration.ofSeconds(28), Duration.ofSeconds(12));
    static final Effort FULL = new Effort(
            7, Duration.ofSeconds(8), 4, 10, Duration.ofSeconds(8), 9, Duration.ofSeconds(75), Duration.ofSeconds(45));
}
