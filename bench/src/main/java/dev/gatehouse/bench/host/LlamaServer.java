package dev.gatehouse.bench.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** llama.cpp's own server as the peer of the worker: the same libraries, and so the same kernels. */
public final class LlamaServer implements ModelServer {

    private final Child child;
    private final URI url;

    private LlamaServer(Child child, URI url) {
        this.child = child;
        this.url = url;
    }

    /**
     * Starts it on a free loopback port and waits until the model is loaded.
     *
     * @param directory an empty directory of its own
     * @param options beside those that say how large it is
     * @throws NotReadyException if it does not start
     */
    public static LlamaServer start(Program program, Path directory, Path model, Size size, List<String> options)
            throws IOException, InterruptedException {
        InetSocketAddress address = Loopback.free();
        List<String> command = new ArrayList<>(List.of(program.binary().toString()));
        command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(address.getPort()), "--no-ui"));
        command.addAll(List.of("--model", model.toString()));
        command.addAll(List.of("--threads", Integer.toString(size.threads())));
        command.addAll(List.of("--parallel", Integer.toString(size.sequences())));
        command.addAll(List.of("--ctx-size", Integer.toString(size.tokens())));
        command.addAll(options);
        String libraries = program.libraries().toString();
        Child child = Child.start(
                "llama-server",
                command,
                program.libraries(),
                directory.resolve("llama-server.log"),
                Map.of("LD_LIBRARY_PATH", libraries, "DYLD_LIBRARY_PATH", libraries));
        URI url = URI.create("http://127.0.0.1:" + address.getPort());
        ModelServer.awaitLoaded(child, url.resolve("/health"));
        return new LlamaServer(child, url);
    }

    /**
     * What runs.
     *
     * @param libraries llama.cpp's, which it also finds its backends among
     */
    public record Program(Path binary, Path libraries) {}

    @Override
    public String name() {
        return "llama_server";
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
