package dev.gatehouse.bench.worker;

import dev.gatehouse.bench.command.Measuring;
import dev.gatehouse.bench.host.LlamaServer;
import dev.gatehouse.bench.host.LlamaServerBuild;
import dev.gatehouse.bench.host.Machine;
import dev.gatehouse.bench.host.ModelServer;
import dev.gatehouse.bench.host.NotReadyException;
import dev.gatehouse.bench.host.Scratch;
import dev.gatehouse.bench.host.Worker;
import dev.gatehouse.bench.model.Preset;
import dev.gatehouse.bench.model.Quantisation;
import dev.gatehouse.bench.model.ShapedModel;
import dev.gatehouse.bench.report.Conditions;
import dev.gatehouse.bench.report.Figure;
import dev.gatehouse.bench.report.Report;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench worker}: generates a model, runs the worker and llama-server with it, and takes them down. */
@Command(
        name = "worker",
        description = "How fast the worker is beside llama-server with the same libraries, in one run.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class WorkerCommand implements Callable<Integer> {

    private static final String MODEL = "bench";
    private static final int SEQUENCES = 16;
    private static final int KV_TOKENS = 40_960;
    private static final int OVERHEAD_ROUNDS = 5;
    private static final int OVERHEAD_TOKENS = 256;

    @Mixin
    private Measuring measuring = new Measuring();

    @Option(names = "--prepare", description = "Only builds the peer, into the user's cache directory.")
    private boolean prepare;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "That compute, on both sides. Default: half of the cores, since callers need some.")
    private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Shape of the model: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, 70 M parameters.")
    private Preset preset = Preset.SMALL;

    @Option(
            names = "--quantisation",
            paramLabel = "NAME",
            description = "Of the model: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Quantisation quantisation = Quantisation.Q4_K;

    @Option(
            names = "--peer-option",
            paramLabel = "OPTION",
            description = "Of llama-server, instead of --kv-unified, which is its own default; may be repeated.")
    private List<String> peerOptions = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return measuring.run(prepare ? scratch -> peerBuild().prepare(measuring.narration()) : this::measure);
    }

    private LlamaServerBuild peerBuild() {
        return new LlamaServerBuild(measuring.home());
    }

    private void measure(Scratch scratch) throws IOException, InterruptedException {
        Report report = measuring.report();
        Optional<LlamaServer.Program> peer = peer(report);
        Path folder = scratch.folder("model");
        Path model = ShapedModel.of(preset, quantisation, 1).write(folder.resolve(MODEL + ".gguf"));
        conditions(report, peer.isPresent(), model);
        sideBySide(scratch, model, peer, report);
        if (Files.isDirectory(Path.of("/proc"))) {
            Path minimal = ShapedModel.of(Preset.MINIMAL, Quantisation.Q8_0, 1)
                    .write(scratch.folder("minimal").resolve(MODEL + ".gguf"));
            overhead(scratch, minimal, report);
        } else {
            report.note("CPU time is read on Linux only: worker.cpu_us_per_token is absent");
        }
    }

    private Optional<LlamaServer.Program> peer(Report report) throws IOException, InterruptedException {
        try {
            return Optional.of(peerBuild().prepare(measuring.narration()));
        } catch (NotReadyException absent) {
            report.note("peer absent: " + absent.getMessage());
            return Optional.empty();
        }
    }

    private void conditions(Report report, boolean peer, Path model) throws IOException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        int cores = Runtime.getRuntime().availableProcessors();
        List<String> on = List.of(
                "%s in %s, %,d MB".formatted(preset, quantisation, Files.size(model) / 1_000_000),
                threads + " threads",
                SEQUENCES + " sequences",
                KV_TOKENS + " tokens of KV cache");
        String name = peer ? "llama-server of the same release, " + String.join(" ", options()) : "absent";
        int rounds = effort().decodeRounds();
        report.conditions(new Conditions(on, name, Machine.here(model).toString(), load, rounds, measuring.quick()));
        if (load > cores) {
            report.note("the machine is busy: its load is above its %d cores, and times are not to be trusted"
                    .formatted(cores));
        }
    }

    private List<String> options() {
        return peerOptions.isEmpty() ? List.of("--kv-unified") : peerOptions;
    }

    private Effort effort() {
        return measuring.quick() ? Effort.QUICK : Effort.FULL;
    }

    private void sideBySide(Scratch scratch, Path model, Optional<LlamaServer.Program> program, Report report)
            throws IOException, InterruptedException {
        ModelServer.Size size = new ModelServer.Size(threads, SEQUENCES, KV_TOKENS);
        measuring.narration().println("starting both");
        try (Callers worker =
                new Callers(Worker.start(measuring.home(), scratch.folder("worker"), model, size), MODEL)) {
            if (program.isEmpty()) {
                new WorkerBench(worker, Optional.empty(), effort(), report, measuring.narration()).run();
                return;
            }
            try (Callers peer = new Callers(
                    LlamaServer.start(program.get(), scratch.folder("peer"), model, size, options()), MODEL)) {
                new WorkerBench(worker, Optional.of(peer), effort(), report, measuring.narration()).run();
            }
        }
    }

    private void overhead(Scratch scratch, Path model, Report report) throws IOException, InterruptedException {
        measuring.narration().println("a model with next to no mathematics");
        ModelServer.Size size = new ModelServer.Size(1, SEQUENCES, KV_TOKENS / 2);
        try (Callers worker =
                new Callers(Worker.start(measuring.home(), scratch.folder("overhead"), model, size), MODEL)) {
            Overhead trial = new Overhead(WorkerBench.measured(worker), SEQUENCES, OVERHEAD_TOKENS);
            trial.alternate(List.of(worker), OVERHEAD_ROUNDS);
            Trial.Results<Overhead.Cpu> found = trial.alternate(List.of(worker), OVERHEAD_ROUNDS);
            report.figure(Figure.of("worker.cpu_us_per_token", found.of(worker.name(), Overhead.Cpu::engine), "us"));
            report.figure(
                    Figure.of("worker.cpu_us_per_token.process", found.of(worker.name(), Overhead.Cpu::all), "us"));
        }
    }
}
