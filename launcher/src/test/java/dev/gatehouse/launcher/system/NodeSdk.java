package dev.gatehouse.launcher.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The official SDKs for Node.js, driven by the scripts in {@code src/test/node}. */
final class NodeSdk {

    private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();
    private static final Object INSTALLED = install();

    private NodeSdk() {}

    /** Runs one scenario and returns what it printed. */
    static JsonNode run(Stack stack, String scenario, String argument) {
        return run(stack.baseUrl(), stack.key(), scenario, argument);
    }

    static JsonNode run(String baseUrl, String key, String scenario, String argument) {
        return run("sdk.mjs", baseUrl, key, scenario, argument);
    }

    /** Runs one scenario of Anthropic's SDK and returns what it printed. */
    static JsonNode anthropic(Stack stack, String key, String scenario, String argument) {
        return run("anthropic.mjs", stack.gateway(), key, scenario, argument);
    }

    private static JsonNode run(String... arguments) {
        if (INSTALLED == null) {
            throw new IllegalStateException("the SDKs are not installed");
        }
        return Client.JSON.readTree(
                output(Stream.concat(Stream.of("node"), Stream.of(arguments)).toArray(String[]::new)));
    }

    private static Object install() {
        return output("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + printed);
            }
            return printed;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
