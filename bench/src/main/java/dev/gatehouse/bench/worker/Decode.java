package dev.gatehouse.bench.worker;

import java.util.List;
import java.util.stream.IntStream;

/** Several short prompts at once: how many tokens a second from the first one to the last one of all answers. */
record Decode(Text text, int streams, int tokens) implements Trial<Decode.Speed> {

    private static final int PROMPT = 32;
    private static final double SECOND = 1e9;

    record Speed(int promptTokens, double tokensPerSecond) implements Result {}

    @Override
    public Speed run(Callers callers, int round) throws InterruptedException {
        List<Heard> all = callers.together(IntStream.range(0, streams)
                .mapToObj(i -> new Chat("", text.of(1_000L * round + i, PROMPT), tokens))
                .toList());
        long from = all.stream().mapToLong(Heard::first).min().orElseThrow();
        long to = all.stream().mapToLong(Heard::last).max().orElseThrow();
        double came = all.stream()
                .mapToDouble(heard -> heard.tokensWithin(from + 1, to))
                .sum();
        return new Speed(all.stream().mapToInt(Heard::prompt).sum(), came / ((to - from) / SECOND));
    }
}
