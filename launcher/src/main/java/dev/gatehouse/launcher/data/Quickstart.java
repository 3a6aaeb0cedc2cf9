package dev.gatehouse.launcher.data;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client needs to talk to a running installation; the file is there only while everything answers.
 *
 * @param baseUrl the first gateway's base URL for an OpenAI SDK, ending in {@code /v1}
 * @param apiKey an API key of the tenant {@code default}
 * @param adminUser a user who may administer everything
 * @param adminPassword that user's password
 * @param workerUrl the first worker's URL; empty when there is none
 * @param metricsUrl the first gateway's Prometheus URL
 * @param consoleUrl signs that user in to the console, once; empty when no link was made
 */
public record Quickstart(
        String baseUrl,
        String apiKey,
        String adminUser,
        String adminPassword,
        String workerUrl,
        String metricsUrl,
        String consoleUrl) {
    /** The user that the gateway makes of the secret file {@code admin-password}. */
    public static final String ADMIN = "admin";

    /** Writes {@code DATA/quickstart.json} with mode 0600, by rename. */
    public void write(DataDirectory data) throws IOException {
        AtomicFile.write(data.quickstart(), json() + "\n");
    }

    public String json() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    /**
     * Reads what the last {@code up} wrote.
     *
     * @throws Failure when nothing is running
     */
    public static Quickstart read(DataDirectory data) {
        try {
            return JsonMapper.shared().readValue(Files.readString(data.quickstart()), Quickstart.class);
        } catch (IOException | JacksonException absent) {
            throw new Failure(
                    Exit.NOT_READY,
                    "nothing is ready in %s: start it with ./gatehouse up, or name its directory with --data DIR"
                            .formatted(data.root()));
        }
    }

    /** Forgets an earlier start. */
    public static void delete(DataDirectory data) {
        try {
            Files.deleteIfExists(data.quickstart());
        } catch (IOException refused) {
            throw Failure.of(refused);
        }
    }
}
