package dev.gatehouse.launcher.postgres;

import com.sun.security.auth.module.UnixSystem;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How PostgreSQL's programs are run, since they refuse to run as root: as they are for everybody else; for root in a
 * user namespace of their own, or as the user {@code nobody}, who then owns {@code DATA/postgres}.
 */
sealed interface Unprivileged {
    int ROOT = 0;
    int NOBODY = 65_534;

    /** The command line that runs {@code command}. */
    List<String> command(List<String> command);

    /** Hands a file, or a folder with all in it, to the user who will run the programs. */
    void own(Path path) throws IOException;

    record AsIs() implements Unprivileged {
        @Override
        public List<String> command(List<String> command) {
            return command;
        }

        @Override
        public void own(Path path) {}
    }

    record Namespace() implements Unprivileged {
        @Override
        public List<String> command(List<String> command) {
            return prefixed(List.of("unshare", "-U"), command);
        }

        @Override
        public void own(Path path) throws IOException {
            changeOwner(path, ROOT);
        }
    }

    record Nobody() implements Unprivileged {
        @Override
        public List<String> command(List<String> command) {
            return prefixed(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"), command);
        }

        @Override
        public void own(Path path) throws IOException {
            changeOwner(path, NOBODY);
        }
    }

    /**
     * The way that works here for the owner of {@code directory}.
     *
     * @throws Failure when this is root and neither way works
     */
    static Unprivileged choose(Path directory) {
        if (new UnixSystem().getUid() != 0) {
            return new AsIs();
        }
        return Stream.of(new Namespace(), new Nobody())
                .filter(way -> works(way.command(List.of("test", "-d", directory.toString()))))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        Exit.FAULT,
                        "PostgreSQL refuses to run as root, and here neither unshare -U (user namespaces) nor setpriv (user nobody must reach %s) works: run as another user, or name a PostgreSQL of yours with --database-url URL"
                                .formatted(directory)));
    }

    private static void changeOwner(Path path, int user) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Files.setAttribute(each, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static boolean works(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> prefixed(List<String> prefix, List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }
}
