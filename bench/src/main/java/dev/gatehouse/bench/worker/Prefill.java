package dev.gatehouse.bench.worker;

/** One long prompt that nobody has asked before, alone. */
record Prefill(Text text, int tokens) implements Trial<Prefill.Speed> {

    private static final double MS = 1e3;

    record Speed(int promptTokens, double tokensPerSecond) implements Result {}

    @Override
    public Speed run(Callers callers, int round) throws InterruptedException {
        Heard heard = callers.ask(new Chat("", text.of(2_000_000L + round, tokens), 1));
        return new Speed(heard.prompt(), heard.prompt() / heard.firstTokenMs() * MS);
    }
}
