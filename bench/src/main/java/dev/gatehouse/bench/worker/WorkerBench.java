package dev.gatehouse.bench.worker;

import dev.gatehouse.bench.report.Figure;
import dev.gatehouse.bench.report.Report;
import dev.gatehouse.bench.report.Series;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The story of a run: decoding, prefill, a shared prompt, a long prompt; the worker and its peer in turn. */
final class WorkerBench {

    private static final int CALLERS = 16;
    private static final int SHARED = 1_500;
    private static final int OWN = 32;
    private static final int ANSWER = 64;
    private static final int CHATTING = 8;
    private static final int LONG = 6_000;
    private static final int PREFILL = 2_000;
    private static final List<Integer> STREAMS = List.of(1, 4, 8, 16);

    private final Callers worker;
    private final Optional<Callers> peer;
    private final List<Callers> all;
    private final Effort effort;
    private final Report report;
    private final PrintStream narration;

    WorkerBench(Callers worker, Optional<Callers> peer, Effort effort, Report report, PrintStream narration) {
        this.worker = worker;
        this.peer = peer;
        this.all = new ArrayList<>(List.of(worker));
        peer.ifPresent(all::add);
        this.effort = effort;
        this.report = report;
        this.narration = narration;
    }

    void run() throws InterruptedException {
        Text text = measured(worker);
        narration.println("warming up");
        new Decode(text, CALLERS, ANSWER).alternate(all, 2);
        for (int streams : STREAMS) {
            decode(new Decode(text, streams, effort.decodeTokens()));
        }
        prefill(new Prefill(text, PREFILL));
        shared(new SharedPrefix(text, CALLERS, SHARED, OWN, ANSWER));
        stall(new LongPrompt(text, CHATTING, LONG));
    }

    /** Prose of the server's own tokens. */
    static Text measured(Callers server) throws InterruptedException {
        int few = 100;
        int many = 300;
        int less = server.ask(new Chat("", Text.words(0, few), 1)).prompt();
        int more = server.ask(new Chat("", Text.words(0, many), 1)).prompt();
        return new Text((double) (more - less) / (many - few));
    }

    private void decode(Decode trial) throws InterruptedException {
        narration.printf("%d streams of %d tokens%n", trial.streams(), trial.tokens());
        Trial.Results<Decode.Speed> found = trial.alternate(all, effort.decodeRounds());
        String name = "decode.streams" + trial.streams();
        figures(found, name + ".tokens_per_s", "1/s", Decode.Speed::tokensPerSecond);
        ratio(found, name + ".ratio", Decode.Speed::tokensPerSecond);
    }

    private void prefill(Prefill trial) throws InterruptedException {
        narration.printf("a prompt of %,d tokens%n", trial.tokens());
        figures(
                trial.alternate(all, effort.rounds() + 2),
                "prefill.tokens_per_s",
                "1/s",
                Prefill.Speed::tokensPerSecond);
    }

    private void shared(SharedPrefix trial) throws InterruptedException {
        narration.printf("%d callers who share %,d tokens%n", trial.callers(), trial.shared());
        Trial.Results<SharedPrefix.Crowds> found = trial.alternate(all, effort.rounds());
        crowd(found, "cold", SharedPrefix.Crowds::cold);
        crowd(found, "warm", SharedPrefix.Crowds::warm);
        ratio(found, "ttft.shared16.ratio", crowds -> crowds.cold().firstTokenP50Ms());
    }

    private void crowd(
            Trial.Results<SharedPrefix.Crowds> found,
            String state,
            Function<SharedPrefix.Crowds, SharedPrefix.Crowd> of) {
        String ttft = "ttft.shared16." + state;
        figures(found, ttft + ".p50_ms", "ms", crowds -> of.apply(crowds).firstTokenP50Ms());
        figures(found, ttft + ".p99_ms", "ms", crowds -> of.apply(crowds).firstTokenP99Ms());
        figures(
                found,
                "shared16." + state + ".tokens_per_s",
                "1/s",
                crowds -> of.apply(crowds).tokensPerSecond());
    }

    private void stall(LongPrompt trial) throws InterruptedException {
        narration.printf("%d who chat, and a prompt of %,d tokens%n", trial.chatting(), trial.tokens());
        Trial.Results<LongPrompt.Stall> found = trial.alternate(all, effort.rounds());
        figures(found, "itl.longprompt.p99_ms", "ms", LongPrompt.Stall::gapP99Ms);
        ratio(found, "itl.longprompt.ratio", LongPrompt.Stall::gapP99Ms);
        figures(found, "ttft.longprompt_ms", "ms", LongPrompt.Stall::firstTokenMs);
    }

    private <R extends Trial.Result> void figures(
            Trial.Results<R> found, String name, String unit, ToDoubleFunction<R> of) {
        Figure own = Figure.of("worker." + name, found.of(worker.name(), of), unit);
        report.figure(peer.map(other -> own.against(other.name(), over(found, other, of)))
                .orElse(own));
        peer.ifPresent(other -> report.figure(Figure.of(other.name() + "." + name, found.of(other.name(), of), unit)));
    }

    private <R extends Trial.Result> void ratio(Trial.Results<R> found, String name, ToDoubleFunction<R> of) {
        peer.ifPresent(other -> {
            Series ratio = over(found, other, of);
            report.figure(Figure.of("worker." + name, ratio, "ratio").against(other.name(), ratio));
        });
    }

    private <R extends Trial.Result> Series over(Trial.Results<R> found, Callers other, ToDoubleFunction<R> of) {
        return found.of(worker.name(), of).over(found.of(other.name(), of));
    }
}
