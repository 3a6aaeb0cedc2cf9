package dev.gatehouse.worker.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the frames of one streamed answer, each when it comes. */
final class Sse implements AutoCloseable {

    private final int status;
    private final BufferedReader lines;
    private boolean done;

    Sse(int status, InputStream body) {
        this.status = status;
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    int status() {
        return status;
    }

    /** The next frame; empty at the end, and then {@link #done} tells whether {@code [DONE]} came. */
    Optional<JsonNode> next() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("data: [DONE]")) {
                done = true;
            } else if (line.startsWith("data: ")) {
                return Optional.of(TestGateway.JSON.readTree(line.substring(6)));
            } else if (!line.isEmpty() && !line.startsWith(":")) {
                return Optional.of(TestGateway.JSON.readTree(line));
            }
        }
        return Optional.empty();
    }

    List<JsonNode> all() throws IOException {
        List<JsonNode> frames = new ArrayList<>();
        for (Optional<JsonNode> frame = next(); frame.isPresent(); frame = next()) {
            frames.add(frame.get());
        }
        return frames;
    }

    boolean done() {
        return done;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    static String text(List<JsonNode> frames, String member) {
        StringBuilder text = new StringBuilder();
        frames.forEach(frame -> text.append(
                frame.path("choices").path(0).path("delta").path(member).asString("")));
        return text.toString();
    }

    static String finishReason(List<JsonNode> frames) {
        return frames.stream()
                .map(frame ->
                        frame.path("choices").path(0).path("finish_reason").asString(""))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }
}
