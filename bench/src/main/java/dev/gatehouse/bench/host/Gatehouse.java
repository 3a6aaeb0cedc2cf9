package dev.gatehouse.bench.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Gatehouse that is measured: one gateway and its database, without a worker of its own. */
public final class Gatehouse implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    private final DataDirectory data;
    private final Optional<Child> up;

    private Gatehouse(DataDirectory data, Optional<Child> up) {
        this.data = data;
        this.up = up;
    }

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
        Gatehouse gatehouse = new Gatehouse(data, Optional.of(up));
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

    @Override
    public void close() {
        up.ifPresent(Child::close);
    }

    private static List<String> command(Path launcher, DataDirectory data, Map<String, String> settings) {
        List<String> command = new ArrayList<>(
                List.of(launcher.toString(), "up", "--data", data.root().toString(), "--port", "0", "--workers", "0"));
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        return command;
    }
}
