package dev.gatehouse.launcher.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of the checkout, some of them with another text.
 *
 * @param changed by path from the root
 */
record Repository(Path root, Map<String, String> changed) {

    static Repository here() {
        return new Repository(Path.of("..").toAbsolutePath().normalize(), Map.of());
    }

    /** The same with one edit, of a text that must be there. */
    Repository edited(String file, String from, String to) {
        String before = text(file);
        String after = before.replace(from, to);
        if (after.equals(before)) {
            throw new AssertionError(file + " does not contain " + from);
        }
        return new Repository(root, Map.of(file, after));
    }

    String text(String file) {
        try {
            return changed.containsKey(file) ? changed.get(file) : Files.readString(root.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean has(String path) {
        return Files.exists(root.resolve(path).normalize());
    }

    /** Paths, from the root, of the Java sources below a folder. */
    List<String> sources(String folder) {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> root.relativize(file).toString())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
