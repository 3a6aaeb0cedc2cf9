package dev.gatehouse.bench.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A gateway that only takes registrations. */
final class FakeGateway implements AutoCloseable {

    record Put(String path, String ticket, byte[] body) {}

    private final HttpServer server;
    private final BlockingQueue<Put> puts = new LinkedBlockingQueue<>();
    private final int status;

    FakeGateway(int status) throws IOException {
        this.status = status;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/node/v1/nodes/", this::take);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    Put next() throws InterruptedException {
        Put put = puts.poll(10, TimeUnit.SECONDS);
        if (put == null) {
            throw new AssertionError("the node did not report within 10 s");
        }
        return put;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String ticket = exchange.getRequestHeaders().getFirst("gh-ticket");
        puts.add(new Put(
                exchange.getRequestURI().getPath(),
                ticket,
                exchange.getRequestBody().readAllBytes()));
        byte[] answer = "{\"every\":1}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
