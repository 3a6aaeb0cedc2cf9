package dev.gatehouse.bench.worker;

import java.util.stream.IntStream;

/** What a token costs the worker beside mathematics: CPU time with a model that has next to none. */
record Overhead(Text text, int streams, int tokens) implements Trial<Overhead.Cpu> {

    /** The thread that schedules steps and crosses into the native side, as the worker names it. */
    private static final String ENGINE = "llama-engine";

    private static final int PROMPT = 8;

    /**
     * In microseconds a token of an answer.
     *
     * @param engine scheduler, JNI, and llama.cpp with the minimal model on one thread
     * @param all the whole process, just-in-time compilers apart
     */
    record Cpu(int promptTokens, double engine, double all) implements Result {}

    @Override
    public Cpu run(Callers callers, int round) throws InterruptedException {
        double engine = callers.processes().threadUs(ENGINE);
        double all = process(callers);
        int prompt = callers
                .together(IntStream.range(0, streams)
                        .mapToObj(i -> new Chat("", text.of(8_000_000L + 1_000L * round + i, PROMPT), tokens))
                        .toList())
                .stream()
                .mapToInt(Heard::prompt)
                .sum();
        double came = (double) streams * tokens;
        return new Cpu(prompt, (callers.processes().threadUs(ENGINE) - engine) / came, (process(callers) - all) / came);
    }

    private static double process(Callers callers) {
        return callers.processes().cpuUs() - callers.processes().compilerUs();
    }
}
