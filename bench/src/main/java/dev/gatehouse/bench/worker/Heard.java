package dev.gatehouse.bench.worker;

/**
 * One streamed answer as its caller heard it, in nanoseconds of {@link System#nanoTime()}.
 *
 * @param sent when the request was sent
 * @param arrivals when each event with text came
 * @param prompt tokens; 0 if the caller hung up
 * @param completion tokens; 0 if the caller hung up
 */
record Heard(long sent, long[] arrivals, int prompt, int completion) {

    private static final double MS = 1e6;

    double firstTokenMs() {
        return (first() - sent) / MS;
    }

    long first() {
        return arrivals[0];
    }

    long last() {
        return arrivals[arrivals.length - 1];
    }

    /** Tokens that came from then to then: an event may bring several, when a character ends in another one. */
    double tokensWithin(long from, long to) {
        long events = 0;
        for (long arrival : arrivals) {
            events += arrival >= from && arrival <= to ? 1 : 0;
        }
        return (double) events * completion / arrivals.length;
    }
}
