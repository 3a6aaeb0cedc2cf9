package dev.gatehouse.launcher.data;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where one installation keeps everything. The paths are absolute; nothing is created before {@link #prepare}. */
public record DataDirectory(Path root) {
    /** The format written by this version; an installation of another one is refused. */
    static final String FORMAT = "1";

    private static final long SPACE_NEEDED = 512L << 20;

    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Creates what is missing and refuses what cannot work.
     *
     * @throws Failure when the directory is of another version, not writable, or its disk is full
     */
    public void prepare() {
        try {
            createDirectories();
            checkFormat();
            requireSpace(SPACE_NEEDED);
        } catch (IOException refused) {
            throw Failure.of(refused);
        }
    }

    private void createDirectories() throws IOException {
        Files.createDirectories(root);
        for (Path directory : new Path[] {run(), logs(), models(), ledger(), kv()}) {
            Files.createDirectories(directory);
        }
    }

    private void checkFormat() throws IOException {
        Path version = root.resolve("version");
        if (!Files.exists(version)) {
            AtomicFile.write(version, FORMAT + "\n");
        }
        String found = Files.readString(version).strip();
        if (!found.equals(FORMAT)) {
            throw new Failure(
                    Exit.FAULT,
                    "%s was written by another version of Gatehouse (format %s, this one reads %s): use that version, or another directory with --data DIR"
                            .formatted(root, found, FORMAT));
        }
    }

    /**
     * Refuses a disk with less than {@code bytes} left.
     *
     * @throws Failure naming what is left and what is needed
     */
    void requireSpace(long bytes) throws IOException {
        long left = Files.getFileStore(root).getUsableSpace();
        if (left < bytes) {
            throw new Failure(
                    Exit.FAULT,
                    "the disk of %s has %d MiB left and %d MiB are needed: free some, or choose another disk with --data DIR"
                            .formatted(root, left >> 20, bytes >> 20));
        }
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path models() {
        return root.resolve("models");
    }

    /** Directory of the nodes' ledgers, one subdirectory each. */
    public Path ledger() {
        return root.resolve("ledger");
    }

    /** Directory of the nodes' stored KV caches, one subdirectory each. */
    public Path kv() {
        return root.resolve("kv");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path quickstart() {
        return root.resolve("quickstart.json");
    }

    Path lockFile() {
        return root.resolve("lock");
    }
}
