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

/** The Gatehouse that is measured: its gateways and their database, without a worker of its own. */
public final class Gatehouse implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    /** A new build learns to start fast: that is half a minute of a processor for each application. */
    private static final Duration TRAIN = Duration.ofMinutes(3);

    private static final Duration DOWN = Duration.ofMinutes(2);

    private final DataDirectory data;
    private final int gateways;
    private final Optional<Own> own;

    private Gatehouse(DataDirectory data, int gateways, Optional<Own> own) {
        this.data = data;
        this.gateways = gateways;
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
        return new Gatehouse(data, 1, Optional.empty());
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
        return start(home, directory, 1, settings);
    }

    /** Like {@link #start(Path, Path, Map)}, with so many gateways on one database. */
    public static Gatehouse start(Path home, Path directory, int gateways, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path launcher = home.resolve("gatehouse");
        if (!Files.isExecutable(launcher)) {
            throw new NotReadyException(launcher + " is missing: run ./gatehouse bench in a complete source"
                    + " tree, or name its root with --home");
        }
        DataDirectory data = new DataDirectory(directory.resolve("data"));
        train(launcher, data);
        Child up = Child.start(
                "./gatehouse up", command(launcher, data, gateways, settings), home, directory.resolve("up.log"));
        Gatehouse gatehouse = new Gatehouse(data, gateways, Optional.of(new Own(launcher, up)));
        try {
            up.awaitUntil(data::isReady, START);
        } catch (NotReadyException | InterruptedException e) {
            gatehouse.close();
            throw e;
        }
        return gatehouse;
    }

    /** The tree that {@code ./gatehouse} named, else that of {@code HOME/bench/target/bench.jar}. */
    public static Path home() {
        String named = System.getProperty("gatehouse.home", "");
        String jar = Gatehouse.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return named.isEmpty() ? Path.of(jar).resolve("../../..").normalize() : Path.of(named);
    }

    /** Where its first gateway is reached. */
    public URI url() {
        return url(1);
    }

    /** How many gateways it has; they are numbered from 1. */
    public int gateways() {
        return gateways;
    }

    /** Where a gateway is reached; one that was started again may be elsewhere than before. */
    public URI url(int gateway) {
        return data.gatewayUrl(gateway);
    }

    /** Where a gateway's metrics are read. */
    public URI metrics(int gateway) {
        return data.metricsUrl(gateway);
    }

    /** Ends a gateway as a power cut would; {@code up} starts it again. */
    public void kill(int gateway) {
        ProcessHandle.of(data.gateway(gateway).root()).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Its administrator, at the first gateway. */
    public Administration administration() {
        return new Administration(url(), data.adminUser(), data.adminPassword());
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
        return data.gateway(1);
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

    /** A build that learns its start beside its first run would be measured while it does. */
    private static void train(Path launcher, DataDirectory data) throws IOException, InterruptedException {
        Process training = verb(launcher, "train", data);
        if (!training.waitFor(TRAIN.toSeconds(), TimeUnit.SECONDS) || training.exitValue() != 0) {
            training.destroy();
            throw new NotReadyException("./gatehouse train does not come to its end: its output says why");
        }
    }

    /** A killed launcher leaves its processes behind. */
    private void down(Path launcher) {
        try {
            Process down = verb(launcher, "down", data);
            if (!down.waitFor(DOWN.toSeconds(), TimeUnit.SECONDS) || down.exitValue() != 0) {
                throw new NotReadyException(
                        "still running: end it with %s down --data %s".formatted(launcher, data.root()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + launcher, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its output is narration, and ours is figures. */
    private static Process verb(Path launcher, String verb, DataDirectory data) throws IOException {
        return new ProcessBuilder(
                        launcher.toString(), verb, "--data", data.root().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> command(Path launcher, DataDirectory data, int gateways, Map<String, String> settings) {
        List<String> command = new ArrayList<>(
                List.of(launcher.toString(), "up", "--data", data.root().toString(), "--port", "0", "--workers", "0"));
        command.addAll(List.of("--gateways", Integer.toString(gateways)));
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        return command;
    }
}
