package dev.gatehouse.bench.command;

import dev.gatehouse.bench.host.Gatehouse;
import dev.gatehouse.bench.host.NotReadyException;
import dev.gatehouse.bench.host.Scratch;
import dev.gatehouse.bench.load.WrongAnswerException;
import dev.gatehouse.bench.report.JsonReport;
import dev.gatehouse.bench.report.Report;
import dev.gatehouse.bench.report.TableReport;
import dev.gatehouse.bench.report.TwoReports;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every measurement of an installation, and its exit status: 0 done, 1 a wrong answer, 6 something is missing. */
public final class Measuring {

    private static final int OK = 0;
    private static final int WRONG = 1;
    private static final int NOT_READY = 6;

    @Option(names = "--quick", description = "Fewer and shorter rounds: some minutes.")
    private boolean quick;

    @Option(names = "--json", description = "One JSON object a line instead of a table.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "Also writes one JSON object a line into this file.")
    private @Nullable Path file;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where ./gatehouse is. Default: the tree that this program was built in.")
    private @Nullable Path home;

    private final PrintStream narration = System.err;

    /** A measurement, whose installations live in a folder that goes away with it. */
    public interface Measurement {
        void in(Scratch scratch) throws IOException, InterruptedException;
    }

    public boolean quick() {
        return quick;
    }

    /** Where {@code ./gatehouse} is. */
    public Path home() {
        return home != null ? home : Gatehouse.home();
    }

    /** Where figures go. */
    public Report report() throws IOException {
        Report shown = json ? new JsonReport(System.out) : new TableReport(System.out);
        return file == null ? shown : new TwoReports(shown, new JsonReport(writing(file)));
    }

    private static PrintStream writing(Path file) throws IOException {
        return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
    }

    /** Where it is told what happens. */
    public PrintStream narration() {
        return narration;
    }

    /** Returns the exit status; the logs of a measurement that fails are kept. */
    public int run(Measurement measurement) throws IOException, InterruptedException {
        try (Scratch scratch = new Scratch()) {
            try {
                measurement.in(scratch);
                return OK;
            } catch (WrongAnswerException wrong) {
                return failed(wrong, scratch, WRONG);
            } catch (NotReadyException missing) {
                return failed(missing, scratch, NOT_READY);
            }
        }
    }

    private int failed(RuntimeException cause, Scratch scratch, int status) {
        narration.println(cause.getMessage());
        narration.println("logs are in " + scratch.keep());
        return status;
    }
}
