package dev.gatehouse.launcher.system;

import dev.gatehouse.launcher.data.Quickstart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The browser tests of {@code admin-ui/e2e}, run against an installation. */
final class Browser {

    private static final Path FOLDER = Path.of(System.getProperty("gatehouse.home", ".."), "admin-ui")
            .toAbsolutePath()
            .normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private Browser() {}

    /** Runs what is below {@code e2e/specs} and throws with the report when a test failed. */
    static void specs(Stack stack, String model) {
        node(stack, model, "--test", "--test-concurrency=1", "e2e/specs/*.spec.mjs");
    }

    /** Runs one script of {@code e2e} and returns what it printed. */
    static String script(Stack stack, String model, String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of("e2e/" + name));
        command.addAll(List.of(arguments));
        return node(stack, model, command.toArray(String[]::new)).strip();
    }

    private static String node(Stack stack, String model, String... arguments) {
        run(Map.of(), "node", "scripts/install.mjs");
        List<String> command = new ArrayList<>(List.of("node"));
        for (String argument : arguments) {
            command.addAll(argument.contains("*") ? found(argument) : List.of(argument));
        }
        return run(settings(stack, model), command.toArray(String[]::new));
    }

    private static List<String> found(String glob) {
        try (var files = Files.newDirectoryStream(
                FOLDER.resolve(glob).getParent(),
                FOLDER.resolve(glob).getFileName().toString())) {
            List<String> names = new ArrayList<>();
            files.forEach(file -> names.add(FOLDER.relativize(file).toString()));
            names.sort(null);
            return names;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, String> settings(Stack stack, String model) {
        Quickstart quickstart = Quickstart.read(stack.data());
        return Map.of(
                "GATEHOUSE_URL", stack.gateway(),
                "GATEHOUSE_KEY", stack.key(),
                "GATEHOUSE_MODEL", model,
                "GATEHOUSE_ADMIN_USER", quickstart.adminUser(),
                "GATEHOUSE_ADMIN_PASSWORD", quickstart.adminPassword());
    }

    private static String run(Map<String, String> settings, String... command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
            builder.environment().putAll(settings);
            Process process = builder.start();
            Thread.ofVirtual().start(() -> end(process));
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed:\n" + printed);
            }
            return printed;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
