package dev.gatehouse.bench.worker;

import dev.gatehouse.bench.load.Samples;
import java.util.ArrayList;
import java.util.List;

/** Some are chatting; then somebody sends a long prompt. */
record LongPrompt(Text text, int chatting, int tokens) implements Trial<LongPrompt.Stall> {

    private static final int PROMPT = 32;

    /** More than any of them gets before the long prompt is read. */
    private static final int UNENDING = 3_000;

    private static final int AT_EASE_MS = 1_000;
    private static final double MICROS_IN_MS = 1e3;
    private static final long NANOS_IN_MICRO = 1_000;

    /**
     * @param gapP99Ms between two tokens of one who is chatting, while the long prompt waits for its first one
     * @param firstTokenMs of the long prompt
     */
    record Stall(int promptTokens, double gapP99Ms, double firstTokenMs) implements Result {}

    @Override
    public Stall run(Callers callers, int round) throws InterruptedException {
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < chatting; i++) {
            streams.add(callers.open(new Chat("", text.of(5_000_000L + 1_000L * round + i, PROMPT), UNENDING)));
        }
        for (Stream stream : streams) {
            stream.awaitFirst();
        }
        Thread.sleep(AT_EASE_MS);
        Heard heard = callers.ask(new Chat("", text.of(6_000_000L + round, tokens), 1));
        Samples micros = new Samples();
        for (Stream stream : streams) {
            gaps(stream.hangUp(), heard.sent(), heard.first(), micros);
        }
        callers.ask(new Chat("", text.of(7_000_000L + round, PROMPT), 1));
        return new Stall(heard.prompt(), micros.percentile(0.99) / MICROS_IN_MS, heard.firstTokenMs());
    }

    /** Adds the gaps that reach into the time from then to then. */
    static void gaps(Heard heard, long from, long to, Samples micros) {
        long before = heard.first();
        for (long arrival : heard.arrivals()) {
            if (arrival > from && before < to) {
                micros.add((arrival - before) / NANOS_IN_MICRO);
            }
            before = arrival;
        }
        if (heard.last() < to) {
            micros.add((to - heard.last()) / NANOS_IN_MICRO);
        }
    }
}
