package dev.gatehouse.launcher;

import dev.gatehouse.launcher.models.Pull;
import dev.gatehouse.launcher.models.Source;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Fetches, lists and weighs model files.",
        subcommands = {
            ModelsCommand.PullModel.class,
            ModelsCommand.ListModels.class,
            ModelsCommand.FitModel.class,
            ModelsCommand.RemoveModel.class
        })
final class ModelsCommand implements Runnable {
    private static final double MB = 1e6;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, for example: gatehouse models list");
    }

    @Command(
            name = "pull",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Fetches a model into DATA/models; the same command again fetches what is missing.")
    static final class PullModel implements Callable<Integer> {
        static final String ENDPOINT_VARIABLE = "HF_ENDPOINT";
        static final String TOKEN_VARIABLE = "HF_TOKEN";

        @Mixin
        private DataOption data = new DataOption();

        @Parameters(
                paramLabel = "SOURCE",
                description =
                        "hf:OWNER/REPOSITORY:QUANTISATION, or the URL of a .gguf file; of a model in several files the"
                                + " first one's.")
        private String source = "";

        @Option(
                names = "--sha256",
                paramLabel = "HEX",
                description = "What a file by URL must have; Hugging Face says it itself.")
        private @Nullable String sha256;

        @Option(
                names = "--endpoint",
                paramLabel = "URL",
                description =
                        "A mirror of Hugging Face. Default: " + ENDPOINT_VARIABLE + ", else https://huggingface.co.")
        private @Nullable URI endpoint;

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "Holds your token, for models that need one. Default: " + TOKEN_VARIABLE + ".")
        private @Nullable Path tokenFile;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        public Integer call() throws InterruptedException {
            Narrator narrator = new Narrator(System.err);
            Pull pull = new Pull(
                    endpoint(System.getenv()),
                    token(System.getenv()),
                    data.directory().models(),
                    narrator);
            List<Path> files = pull.fetch(Source.parse(source), Optional.ofNullable(sha256));
            files.forEach(file -> print(file, json));
            narrator.say("run it with: gatehouse up --model %s%s", files.getFirst(), data.option());
            return Exit.OK.code();
        }

        private URI endpoint(Map<String, String> environment) {
            return endpoint != null
                    ? endpoint
                    : URI.create(environment.getOrDefault(ENDPOINT_VARIABLE, "https://huggingface.co"));
        }

        private Optional<String> token(Map<String, String> environment) {
            if (tokenFile == null) {
                return Optional.ofNullable(environment.get(TOKEN_VARIABLE)).filter(token -> !token.isBlank());
            }
            try {
                return Optional.of(Files.readString(tokenFile).strip());
            } catch (IOException unreadable) {
                throw new Failure(Exit.USAGE, "the token file %s cannot be read".formatted(tokenFile));
            }
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the models of DATA/models and the bundled ones, by the names that up --model takes.")
    static final class ListModels implements Runnable {
        @Mixin
        private DataOption data = new DataOption();

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        public void run() {
            List.of(data.directory().models(), Build.current().models()).stream()
                    .flatMap(folder -> Model.files(folder).stream())
                    .forEach(file -> print(file, json));
        }
    }

    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Removes a model of DATA/models, all its files, and what a pull of it left.")
    static final class RemoveModel implements Callable<Integer> {
        @Mixin
        private DataOption data = new DataOption();

        @Parameters(paramLabel = "NAME", description = "As 'list' prints it.")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            List<Path> files = Model.filesOf(name, data.directory().models());
            if (files.isEmpty()) {
                throw new Failure(
                        Exit.NOT_FOUND,
                        "there is no %s in %s".formatted(name, data.directory().models()));
            }
            for (Path file : files) {
                Files.delete(file);
                System.err.println("removed " + file);
            }
            return Exit.OK.code();
        }
    }

    @Command(
            name = "fit",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description =
                    "Says from a model file's head whether it fits a machine, and how fast memory lets it be there.")
    static final class FitModel implements Callable<Integer> {
        @Mixin
        private DataOption data = new DataOption();

        @Parameters(paramLabel = "FILE|NAME", description = "A GGUF file, or the name of one.")
        private String model = "";

        @Option(
                names = "--machine",
                paramLabel = "NAME",
                description =
                        "m2-ultra, m3-ultra, m4-max, h100, h200, rtx-5090 or epyc-2s. Default: this one, as it is now.")
        private String machine = "here";

        @Option(
                names = "--kv-tokens",
                paramLabel = "N",
                description = "Tokens of the KV cache. Default: ${DEFAULT-VALUE}.")
        private long kvTokens = 65_536;

        @Option(
                names = "--kv-type",
                paramLabel = "TYPE",
                description = "f16, q8_0 or q4_0. Default: f16, or q8_0 where only that fits.")
        private String kvType = "auto";

        @Option(
                names = "--context",
                paramLabel = "N",
                description = "Tokens that each sequence has read, for the speed. Default: ${DEFAULT-VALUE}.")
        private int context = 4_096;

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        @Override
        public Integer call() throws IOException, InterruptedException {
            Path file = Path.of(Model.choose(
                            model,
                            List.of(data.directory().models(), Build.current().models()))
                    .argument());
            String facts = inspect(file);
            JsonNode fit = JsonMapper.shared().readTree(facts);
            if (json) {
                System.out.println(facts);
            } else {
                FitTable.print(fit, System.out);
            }
            return (fit.path("fits").asBoolean() ? Exit.OK : Exit.NOT_READY).code();
        }

        /** The worker's own judgement, by the program in its jar. */
        private String inspect(Path file) throws IOException, InterruptedException {
            Path worker = Build.current().worker();
            if (!Files.exists(worker)) {
                throw new Failure(Exit.NOT_READY, "%s is not built: run ./gatehouse up once".formatted(worker));
            }
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            worker.toString(),
                            "dev.gatehouse.worker.fit.Inspection",
                            file.toString(),
                            machine,
                            Long.toString(kvTokens),
                            Integer.toString(context),
                            kvType)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String facts = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new Failure(Exit.USAGE, "choose other arguments: the line above says which");
            }
            return facts;
        }
    }

    private static void print(Path file, boolean json) {
        long size = file.toFile().length();
        System.out.println(
                json
                        ? JsonMapper.shared()
                                .writeValueAsString(
                                        Map.of("name", Model.name(file), "file", file.toString(), "bytes", size))
                        : String.format(Locale.ROOT, "%-32s %,10.1f MB  %s", Model.name(file), size / MB, file));
    }
}
