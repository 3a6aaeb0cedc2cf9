package dev.gatehouse.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A small process that keeps the promises which the launcher relies on: it is a gateway or a worker by the properties
 * it is given. While a file {@code NAME.crash} lies beside its run file, it ends right after its start.
 */
final class StandIn {
    private static final String MODELS = "{\"object\":\"list\",\"data\":[{\"id\":\"tiny-moe\",\"object\":\"model\"}]}";

    private StandIn() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> properties = Arrays.stream(arguments)
                .map(argument -> argument.substring(2).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        boolean gateway = properties.containsKey("gatehouse.edge.port");
        Path runFile =
                Path.of(properties.get(gateway ? "gatehouse.instance.run-file" : "gatehouse.worker.node.run-file"));
        crashIfAsked(runFile);
        Thread.ofPlatform().daemon().start(StandIn::endWithStandardInput);
        int port = gateway ? Integer.parseInt(properties.get("gatehouse.edge.port")) : 0;
        listen(port, runFile);
    }

    private static void crashIfAsked(Path runFile) {
        String name = runFile.getFileName().toString().replace(".json", ".crash");
        if (Files.exists(runFile.resolveSibling(name))) {
            System.out.println("the stand-in was asked to crash");
            System.exit(3);
        }
    }

    private static void endWithStandardInput() {
        try {
            while (System.in.read() >= 0) {}
            Runtime.getRuntime().halt(0);
        } catch (IOException closed) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static void listen(int port, Path runFile) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        answer(server, "/node/v1/health", "{\"state\":\"ready\",\"model\":\"tiny-moe\"}");
        answer(server, "/metrics", "# TYPE gatehouse_nodes_ready gauge\ngatehouse_nodes_ready 9.0\n");
        answer(server, "/health/ready", "{\"status\":\"UP\"}");
        answer(server, "/v1/models", MODELS);
        answer(server, "/api/admin/v1/session/links", "{\"link\":\"once\",\"expires\":\"2100-01-01T00:00:00Z\"}");
        answer(server, "/environment", String.join("\n", System.getenv().keySet()));
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        Path fresh = runFile.resolveSibling("." + runFile.getFileName() + ".tmp");
        Files.writeString(
                fresh,
                "{\"pid\":%d,\"startId\":\"%d\",\"url\":\"%s\",\"metricsUrl\":\"%s/metrics\"}"
                        .formatted(ProcessHandle.current().pid(), System.nanoTime(), url, url));
        Files.move(fresh, runFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void answer(HttpServer server, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
