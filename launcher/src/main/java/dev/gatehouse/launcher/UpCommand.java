package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Narrator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts PostgreSQL, a worker with a model, and the gateway; ends them on Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description =
                    "Port of the first gateway, the others take the next ones; 0 takes any free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many workers; 0 if nodes register from elsewhere (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--gateways",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many gateways (default: ${DEFAULT-VALUE}).")
    private int gateways;

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME|echo:",
            defaultValue = Settings.BUNDLED_MODEL,
            description =
                    "A GGUF file, the name of one in DATA/models or of a bundled one, or the echo engine (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A property of every gateway, see docs/configuration.md; may be repeated.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "JDBC URL of a PostgreSQL 18 to use instead of starting one.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--train",
            description = "Learn how to start fast before this start, if this build has not yet, instead of beside it.")
    private boolean train;

    @Option(names = "--json", description = "Print one JSON object once everything answers.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        requireAtLeast(0, "--workers", workers);
        requireAtLeast(1, "--gateways", gateways);
        requireProperties();
        Settings settings = new Settings(port, workers, gateways, model, set, jdbcUrl(), train);
        new Up(settings, data.directory(), new Narrator(System.err), this::print).run();
        return Exit.OK.code();
    }

    private Optional<String> jdbcUrl() {
        if (databaseUrl != null && !databaseUrl.startsWith("jdbc:postgresql:")) {
            throw usage("--database-url must look like jdbc:postgresql://HOST:5432/gatehouse");
        }
        if (databaseUrl != null && databaseUrl.contains("password=")) {
            throw usage("--database-url must not hold a password: those of DATA/secrets/gateway are used");
        }
        return Optional.ofNullable(databaseUrl);
    }

    private void requireAtLeast(int least, String option, int value) {
        if (value < least) {
            throw usage(option + " must be at least " + least);
        }
    }

    private void requireProperties() {
        for (String property : set) {
            if (!property.matches("gatehouse\\.[a-z0-9.-]+=.*")) {
                throw usage("--set must look like gatehouse.room.name=value, not " + property);
            }
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void print(Started started) {
        System.out.println(json ? started.quickstart().json() : started.instructions(data.option()));
        System.out.flush();
    }
}
