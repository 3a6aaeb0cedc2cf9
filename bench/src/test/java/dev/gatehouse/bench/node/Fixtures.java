package dev.gatehouse.bench.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of {@code docs/node-protocol/}. */
final class Fixtures {

    private static final Path FOLDER = Path.of("../docs/node-protocol");
    private static final JsonMapper JSON = new JsonMapper();

    private Fixtures() {}

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String name) {
        return JSON.readTree(bytes(name));
    }
}
