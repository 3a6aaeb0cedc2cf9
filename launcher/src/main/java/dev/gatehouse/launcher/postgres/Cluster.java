package dev.gatehouse.launcher.postgres;

import dev.gatehouse.launcher.data.FileTree;
import dev.gatehouse.launcher.process.Environment;
import dev.gatehouse.launcher.process.LogFile;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The database files under {@code DATA/postgres} and the programs that create, start and stop them. */
final class Cluster {
    private static final String STAGING = "initdb-";

    private static final String SETTINGS = String.join(
            " ",
            "-c listen_addresses=127.0.0.1",
            "-c unix_socket_directories=''",
            "-c max_connections=200",
            "-c shared_buffers=64MB",
            "-c max_wal_size=512MB",
            "-c wal_keep_size=0",
            "-c timezone=UTC",
            "-c log_timezone=UTC",
            "-c log_line_prefix='%m [%p] %q%u '");

    private final Path folder;
    private final LogFile log;
    private final Unprivileged runner;

    /** The database under {@code folder}, run in whichever way this user can. */
    Cluster(Path folder, LogFile log) {
        this(folder, log, Unprivileged.choose(created(folder)));
    }

    Cluster(Path folder, LogFile log, Unprivileged runner) {
        this.folder = folder;
        this.log = log;
        this.runner = runner;
    }

    static Path files(Path folder) {
        return folder.resolve("data");
    }

    Path files() {
        return files(folder);
    }

    boolean exists() {
        return Files.isDirectory(files());
    }

    /** Creates the database files with a superuser; an interrupted creation is begun again. */
    void create(Binaries binaries, String superuserPassword) throws IOException {
        deleteInterrupted();
        Path staging = Files.createTempDirectory(
                folder, STAGING, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path passwordFile = Files.writeString(staging.resolve("password"), superuserPassword + "\n");
        runner.own(staging);
        try {
            run(List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + staging.resolve("data"),
                    "--username=" + Roles.SUPERUSER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--data-checksums",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8"));
        } finally {
            Files.delete(passwordFile);
        }
        Files.move(staging.resolve("data"), files(), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(staging);
    }

    /** What a killed creation left behind holds the superuser's password. */
    private void deleteInterrupted() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, STAGING + "*")) {
            for (Path staging : left) {
                FileTree.delete(staging);
            }
        }
    }

    /** Starts the server in a session of its own and waits until it accepts connections. */
    void start(Binaries binaries, int port) throws IOException {
        log.rotate();
        if (!Files.exists(log.path())) {
            Files.createFile(log.path());
        }
        runner.own(log.path());
        runner.own(files());
        run(List.of(
                binaries.program("pg_ctl").toString(),
                "start",
                "--pgdata=" + files(),
                "--log=" + log.path(),
                "--wait",
                "--timeout=60",
                "--options=-p " + port + " " + SETTINGS));
    }

    /** Tells {@code server} to end its sessions and itself; does not wait. */
    void stop(ProcessHandle server) {
        stop(server, "--no-wait");
    }

    /** Ends {@code server} and waits for its end. */
    void end(ProcessHandle server) {
        stop(server, "--wait");
        server.onExit().join();
    }

    private void stop(ProcessHandle server, String wait) {
        Path program = Path.of(server.info().command().orElse("postgres")).resolveSibling("pg_ctl");
        try {
            run(List.of(program.toString(), "stop", "--pgdata=" + files(), "--mode=fast", "--timeout=30", wait));
        } catch (IOException | Failure refused) {
            log.append(
                    "pg_ctl could not stop process %d, killing it: %s%n".formatted(server.pid(), refused.getMessage()));
            server.destroyForcibly();
        }
    }

    private void run(List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "output-", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(runner.command(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            Environment.clean(builder.environment());
            int status = builder.start().waitFor();
            if (status != 0) {
                throw failed(command.getFirst(), Files.readString(output, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.FAULT, "interrupted while PostgreSQL worked");
        } finally {
            Files.delete(output);
        }
    }

    private Failure failed(String program, String output) {
        String last = String.join("\n  ", log.lastLines(6));
        return new Failure(
                Exit.FAULT,
                "%s failed:%n  %s%nThe log of PostgreSQL is %s, which ends with:%n  %s"
                        .formatted(program, output.strip().replace("\n", "\n  "), log.path(), last));
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException refused) {
            throw Failure.of(refused);
        }
    }
}
