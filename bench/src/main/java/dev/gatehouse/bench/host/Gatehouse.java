package dev.gatehouse.bench.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The Gatehouse that is measured: one gateway and its database, without a worker of its own. */
public final class Gatehouse implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    private static final Duration DOWN = Duration.ofMinutes(2);

    private final DataDirectory data;
    private final Optional<Own> own;

    private Gatehouse(DataDirectory data, Optional<Own> own) {
        this.data = data;
        this.own = own;
    }

    /** One that was started here: the {@code gatehouse} script, and its {@code up}. */
    private record Own(Path launcher, Child up) {}

    /**
     * Takes one that is running already; it is left running.
     *
     * @throws NotReadyException if it is not running, or runs workers that would take a share of the load
     */
    public static Gatehouse running(Path directory) {
        DataDirectory data = new DataDirectory(directory.toAbsolutePath());
        if (!data.isReady()) {
            throw new NotReadyException("no Gatehouse is running with --data " + directory + ": start ./gatehouse up");
        }
        if (!data.workers().isEmpty()) {
            throw new NotReadyException("the workers " + String.join(", ", data.workers())
                    + " would answer part of the load: start ./gatehouse up with --workers 0");
        }
        return new Gatehouse(data, Optional.empty());
    }

    /**
     * Starts {@code ./gatehouse up} with a data directory of its own.
     *
     * @param home the root of the source tree or archive, where {@code gatehouse} is
     * @param directory an empty directory for data and output
     * @param settings properties for the gateway
     * @throws NotReadyException if it is not built or does not start
     */
    public static Gatehouse start(Path home, Path directory, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path launcher = home.resolve("gatehouse");
        if (!Files.isExecutable(launcher)) {
            throw new NotReadyException(launcher + " is missing: run ./gatehouse bench gateway in a complete source"
                    + " tree, or name its root with --home");
        }
        DataDirectory data = new DataDirectory(directory.resolve("data"));
        Child up = Child.start("./gatehouse up", command(launcher, data, settings), home, directory.resolve("up.log"));
        Gatehouse gatehouse = new Gatehouse(data, Optional.of(new Own(launcher, up)));
        try {
            up.awaitUntil(data::isReady, START);
        } catch (NotReadyException | InterruptedException e) {
            gatehouse.close();
            throw e;
        }
        return gatehouse;
    }

    public URI url() {
        return data.gatewayUrl();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(url().getHost(), url().getPort());
    }

    public String apiKey() {
        return data.apiKey();
    }

    public byte[] joinSecret() {
        return data.joinSecret();
    }

    public ProcessTree gateway() {
        return data.gateway();
    }

    public ProcessTree database() {
        return data.database();
    }

    /** Where it keeps its files. */
    public Path directory() {
        return data.root();
    }

    /** Its database as the superuser sees it; empty where this user may not read the password. */
    public Optional<Database> superuser() {
        return data.superuser();
    }

    @Override
    public void close() {
        own.filter(started -> !started.up.stop()).ifPresent(killed -> down(killed.launcher));
    }

    /** A killed launcher leaves its processes behind. */
    private void down(Path launcher) {
        List<String> command =
                List.of(launcher.toString(), "down", "--data", data.root().toString());
        try {
            Process down = new ProcessBuilder(command).inheritIO().start();
            if (!down.waitFor(DOWN.toSeconds(), TimeUnit.SECONDS) || down.exitValue() != 0) {
                throw new NotReadyException("still running: end it with " + String.join(" ", command));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Path launcher, DataDirectory data, Map<String, String> settings) {
        List<String> command = new ArrayList<>(
                List.of(launcher.toString(), "up", "--data", data.root().toString(), "--port", "0", "--workers", "0"));
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        return command;
    }
}
