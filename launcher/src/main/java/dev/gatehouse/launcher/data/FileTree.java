package dev.gatehouse.launcher.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** A file, or a folder with all in it. */
public final class FileTree {
    private FileTree() {}

    /** Deletes it, where it exists. */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    /** Copies it with times and modes, links as links; the copy must not exist, its parents are made. */
    public static void copy(Path root, Path copy) throws IOException {
        Files.createDirectories(copy.resolveSibling("."));
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(
                        path,
                        copy.resolve(root.relativize(path).toString()).normalize(),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
