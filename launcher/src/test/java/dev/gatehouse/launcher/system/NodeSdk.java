package dev.gatehouse.launcher.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The official OpenAI SDK for Node.js, driven by {@code src/test/node/sdk.mjs}. */
final class NodeSdk {

    private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();
    private static final Object INSTALLED = install();

    private NodeSdk() {}

    /** Runs one scenario and returns what it printed. */
    static JsonNode run(Stack stack, String scenario, String argument) {
        return run(stack.baseUrl(), stack.key(), scenario, argument);
    }

    static JsonNode run(String baseUrl, String key, String scenario, String argument) {
        if (INSTALLED == null) {
            throw new IllegalStateException("the SDK is not installed");
        }
        return Client.JSON.readTree(output("node", "sdk.mjs", baseUrl, key, scenario, argument));
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
