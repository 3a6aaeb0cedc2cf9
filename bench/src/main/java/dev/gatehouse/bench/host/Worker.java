package dev.gatehouse.bench.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Our inference worker with a model, open to whoever can reach it. */
public final class Worker implements ModelServer {

    private static final int QUEUE = 64;
    private static final int KEY_BYTES = 32;

    private final Child child;
    private final URI url;

    private Worker(Child child, URI url) {
        this.child = child;
        this.url = url;
    }

    /**
     * Starts it on a free loopback port and waits until the model is loaded.
     *
     * @param home the source tree that holds its jar
     * @param directory an empty directory of its own
     * @throws NotReadyException if it is not built or does not start
     */
    public static Worker start(Path home, Path directory, Path model, Size size)
            throws IOException, InterruptedException {
        Path jar = home.resolve("inference-worker/target/inference-worker.jar");
        if (!Files.exists(jar)) {
            throw new NotReadyException(jar + " is not built: run ./gatehouse bench in a complete source tree");
        }
        InetSocketAddress address = Loopback.free();
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("node-key"), Base64.getEncoder().encodeToString(new byte[KEY_BYTES]));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + home.resolve("deploy/jvm.flags"),
                "-jar",
                jar.toString(),
                "--gatehouse.worker.secrets-directory=" + secrets,
                "--gatehouse.worker.ledger.directory=" + directory.resolve("ledger"),
                "--gatehouse.worker.node.port=" + address.getPort(),
                "--gatehouse.worker.node.tickets=off",
                "--gatehouse.worker.engine.model=" + model,
                "--gatehouse.worker.engine.threads=" + size.threads(),
                "--gatehouse.worker.engine.slots=" + size.sequences(),
                "--gatehouse.worker.engine.queue=" + QUEUE,
                "--gatehouse.worker.engine.kv-tokens=" + size.tokens());
        Child child = Child.start("the worker", command, directory, directory.resolve("worker.log"));
        URI url = URI.create("http://127.0.0.1:" + address.getPort());
        ModelServer.awaitLoaded(child, url.resolve("/node/v1/health"));
        return new Worker(child, url);
    }

    @Override
    public String name() {
        return "worker";
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public ProcessTree processes() {
        return new ProcessTree(child.pid());
    }

    @Override
    public void close() {
        child.close();
    }
}
