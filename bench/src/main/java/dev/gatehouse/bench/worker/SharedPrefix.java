package dev.gatehouse.bench.worker;

import dev.gatehouse.bench.load.Samples;
import java.util.List;
import java.util.stream.IntStream;

/** Many callers at once with one long system prompt and a short question each: first unknown to the server, then known. */
record SharedPrefix(Text text, int callers, int shared, int own, int tokens) implements Trial<SharedPrefix.Crowds> {

    private static final double SECOND = 1e9;
    private static final double MICROS_IN_MS = 1e3;

    record Crowds(Crowd cold, Crowd warm) implements Result {

        @Override
        public int promptTokens() {
            return cold.promptTokens() + warm.promptTokens();
        }
    }

    /** @param tokensPerSecond of answers, from the first request to the last token */
    record Crowd(int promptTokens, double firstTokenP50Ms, double firstTokenP99Ms, double tokensPerSecond) {}

    @Override
    public Crowds run(Callers server, int round) throws InterruptedException {
        String system = text.of(3_000_000L + round, shared);
        return new Crowds(crowd(server, system, 2 * round), crowd(server, system, 2 * round + 1));
    }

    private Crowd crowd(Callers server, String system, int number) throws InterruptedException {
        List<Heard> all = server.together(IntStream.range(0, callers)
                .mapToObj(i -> new Chat(system, text.of(4_000_000L + 1_000L * number + i, own), tokens))
                .toList());
        Samples micros = new Samples();
        all.forEach(heard -> micros.add((long) (heard.firstTokenMs() * MICROS_IN_MS)));
        long from = all.stream().mapToLong(Heard::sent).min().orElseThrow();
        long to = all.stream().mapToLong(Heard::last).max().orElseThrow();
        return new Crowd(
                all.stream().mapToInt(Heard::prompt).sum(),
                micros.percentile(0.5) / MICROS_IN_MS,
                micros.percentile(0.99) / MICROS_IN_MS,
                all.stream().mapToInt(Heard::completion).sum() / ((to - from) / SECOND));
    }
}
