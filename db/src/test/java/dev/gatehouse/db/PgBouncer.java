package dev.gatehouse.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * PgBouncer in front of a test server, with the settings that {@code docs/configuration.md} asks for. It gives connections out by
 * transaction and takes turns among the few that it has, so that two transactions of one client rarely meet the same session.
 */
public final class PgBouncer implements AutoCloseable {

    private static final int NOBODY = 65_534;
    private static final Duration START = Duration.ofSeconds(10);

    private final Path directory;
    private final int port;
    private final Process process;

    private PgBouncer(Path program, int postgresPort, Map<String, String> passwords) {
        try {
            directory = Files.createTempDirectory("gatehouse-pgbouncer");
            port = freePort();
            writeConfiguration(postgresPort, passwords);
            process = start(program);
            awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException("PgBouncer did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PgBouncer started", e);
        }
    }

    /**
     * Starts one before the PostgreSQL of a loopback port.
     *
     * @param passwords those of the roles that may use it, by their names
     */
    public static PgBouncer before(int postgresPort, Map<String, String> passwords) {
        Path program = program()
                .orElseThrow(() -> new IllegalStateException("PgBouncer is not installed: apt-get install pgbouncer"));
        return new PgBouncer(program, postgresPort, passwords);
    }

    /** Whether there is one here to start. */
    public static boolean isInstalled() {
        return program().isPresent();
    }

    private static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Arrays.stream(path.split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The loopback port on which it listens. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            for (String file : List.of("pgbouncer.ini", "users", "log")) {
                Files.deleteIfExists(directory.resolve(file));
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the files of PgBouncer could not be removed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeConfiguration(int postgresPort, Map<String, String> passwords) throws IOException {
        Files.writeString(
                directory.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                ignore_startup_parameters = extra_float_digits
                server_login_retry = 1
                max_client_conn = 500
                default_pool_size = 3
                min_pool_size = 3
                server_round_robin = 1
                """.formatted(postgresPort, port, directory.resolve("users")));
        Files.writeString(
                directory.resolve("users"),
                passwords.entrySet().stream()
                        .map(role -> "\"" + role.getKey() + "\" \"" + role.getValue() + "\"\n")
                        .collect(Collectors.joining()));
        Files.setPosixFilePermissions(directory.resolve("users"), PosixFilePermissions.fromString("rw-------"));
    }

    /** PgBouncer refuses to be root: it is nobody then. */
    private Process start(Path program) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid"))) {
            for (Path file : List.of(directory, directory.resolve("pgbouncer.ini"), directory.resolve("users"))) {
                Files.setAttribute(file, "unix:uid", NOBODY);
            }
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(directory.resolve("pgbouncer.ini").toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                String said = Files.readString(directory.resolve("log"));
                close();
                throw new IOException("PgBouncer says: " + said);
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
