package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse VERB}: data on standard output, narration on standard error, exit codes of {@link Exit}. */
@Command(
        name = "gatehouse",
        mixinStandardHelpOptions = true,
        versionProvider = Launcher.Version.class,
        description = "Runs Gatehouse on this machine, and talks to it.",
        footer = {"", "  test       builds and runs the tests (--long: the slow ones too)"},
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            ChatCommand.class,
            ConsoleCommand.class,
            KeysCommand.class,
            BudgetsCommand.class,
            QuotaCommand.class,
            RequestsCommand.class,
            AuditCommand.class,
            ModelsCommand.class,
            DoctorCommand.class,
            TrainCommand.class,
            PackageCommand.class
        })
public final class Launcher implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    Launcher() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one verb and returns the exit status. */
    static int run(String... arguments) {
        CommandLine line = new CommandLine(new Launcher());
        line.setExecutionExceptionHandler((thrown, command, parsed) -> explain(thrown));
        line.addSubcommand(new CommandLine(new BenchCommand()).setUnmatchedOptionsArePositionalParams(true));
        return line.execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, for example: gatehouse up");
    }

    private static int explain(Exception thrown) throws Exception {
        return switch (thrown) {
            case Failure failure -> explain(failure);
            case UncheckedIOException refused -> explain(Failure.of(refused));
            default -> throw thrown;
        };
    }

    private static int explain(Failure failure) {
        System.err.println("gatehouse: " + failure.getMessage());
        return failure.exit().code();
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gatehouse " + Build.version()};
        }
    }
}
