package dev.gatehouse.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory that goes away with the run, unless it is worth a look. */
public final class Scratch implements AutoCloseable {

    private final Path root;
    private boolean kept;

    public Scratch() throws IOException {
        root = Files.createTempDirectory("gatehouse-bench-");
    }

    public Path folder(String name) throws IOException {
        return Files.createDirectory(root.resolve(name));
    }

    /** Leaves it where it is. */
    public Path keep() {
        kept = true;
        return root;
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
