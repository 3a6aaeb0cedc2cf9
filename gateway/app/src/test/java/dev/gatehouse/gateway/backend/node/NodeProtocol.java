package dev.gatehouse.gateway.backend.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The examples of {@code docs/node-protocol}, which both sides read. */
final class NodeProtocol {

    private NodeProtocol() {}

    static byte[] example(String name) {
        try {
            return Files.readString(Path.of("../../docs/node-protocol", name))
                    .strip()
                    .getBytes();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
