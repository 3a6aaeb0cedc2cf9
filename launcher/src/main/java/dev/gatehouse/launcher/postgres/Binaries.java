package dev.gatehouse.launcher.postgres;

import dev.gatehouse.launcher.data.FileTree;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from the class path.
 *
 * @param home the folder that holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path home) {
    private static final int OWNER_MAY_EXECUTE = 0100;

    /** Whether {@link #unpack} has work to do. */
    boolean absent() {
        return !Files.isDirectory(home);
    }

    /** Unpacks those of this platform; an interrupted unpacking is begun again. */
    void unpack() throws IOException {
        if (!absent()) {
            return;
        }
        Path fresh = home.resolveSibling(home.getFileName() + ".new");
        FileTree.delete(fresh);
        try (InputStream archive = open();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, fresh);
            }
        }
        Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether {@code server} runs from here. */
    boolean contain(ProcessHandle server) {
        return Postmaster.isOf(home, server);
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("the archive of PostgreSQL leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolve("..").normalize());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static InputStream open() {
        String name = "postgres-%s-%s.txz".formatted(system(), architecture());
        InputStream archive = Binaries.class.getResourceAsStream("/" + name);
        if (archive == null) {
            throw new Failure(
                    Exit.FAULT,
                    "this build has no PostgreSQL for this platform (%s): name a PostgreSQL 18 of yours with --database-url URL"
                            .formatted(name));
        }
        return archive;
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name;
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
    }
}
