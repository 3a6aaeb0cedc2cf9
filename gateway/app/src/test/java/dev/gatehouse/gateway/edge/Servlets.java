package dev.gatehouse.gateway.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** What the relay leads to, as a plain server of the JDK. */
final class Servlets implements AutoCloseable {

    /** A request as it arrived. */
    record Arrived(String line, com.sun.net.httpserver.Headers headers) {}

    final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();

    /** The body of an endless answer could not be written any more. */
    final CountDownLatch broken = new CountDownLatch(1);

    private final HttpServer server;

    Servlets() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/count", this::count);
        server.createContext("/console", this::count);
        server.createContext("/api/echo", this::echo);
        server.createContext("/api/endless", this::endless);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void arrive(HttpExchange exchange) {
        arrived.add(new Arrived(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(), exchange.getRequestHeaders()));
    }

    private void count(HttpExchange exchange) throws IOException {
        arrive(exchange);
        long bytes = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        byte[] answer = Long.toString(bytes).getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().add("x-answered", "yes");
        exchange.getResponseHeaders().add("keep-alive", "timeout=5");
        exchange.getResponseHeaders().add("connection", "x-hop");
        exchange.getResponseHeaders().add("x-hop", "1");
        exchange.sendResponseHeaders(201, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Answers each piece as it comes. */
    private void echo(HttpExchange exchange) throws IOException {
        arrive(exchange);
        exchange.sendResponseHeaders(200, 0);
        byte[] piece = new byte[1 << 16];
        InputStream in = exchange.getRequestBody();
        try (OutputStream out = exchange.getResponseBody()) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
                out.flush();
            }
        }
    }

    private void endless(HttpExchange exchange) throws IOException {
        arrive(exchange);
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write("data: 1\n\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Thread.onSpinWait();
            }
        } finally {
            broken.countDown();
        }
    }
}
