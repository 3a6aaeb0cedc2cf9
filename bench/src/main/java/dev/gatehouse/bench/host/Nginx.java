package dev.gatehouse.bench.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** nginx as the peer: two workers, kept connections on both sides, no buffering of answers, no access log. */
public final class Nginx implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(10);

    private final Child child;
    private final InetSocketAddress address;

    private Nginx(Child child, InetSocketAddress address) {
        this.child = child;
        this.address = address;
    }

    /**
     * Starts it on a free loopback port.
     *
     * @param directory an empty directory of its own for configuration and logs
     * @param upstream where everything is passed to
     * @throws NotReadyException if nginx is not installed or does not start
     */
    public static Nginx start(Path directory, InetSocketAddress upstream) throws IOException, InterruptedException {
        Path binary = find();
        InetSocketAddress address = Loopback.free();
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, configuration(directory, address, upstream));
        List<String> command = List.of(binary.toString(), "-p", directory.toString(), "-c", configuration.toString());
        Child child = Child.start("nginx", command, directory, directory.resolve("nginx.log"));
        Nginx nginx = new Nginx(child, address);
        try {
            child.awaitUntil(() -> Loopback.listens(address), START);
        } catch (NotReadyException | InterruptedException e) {
            nginx.close();
            throw e;
        }
        return nginx;
    }

    /** What is installed here, for instance {@code nginx/1.22.1}. */
    public static String version() throws IOException {
        Process process = new ProcessBuilder(find().toString(), "-v")
                .redirectErrorStream(true)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return line.replace("nginx version:", "").strip();
    }

    public InetSocketAddress address() {
        return address;
    }

    public ProcessTree processes() {
        return new ProcessTree(child.pid());
    }

    @Override
    public void close() {
        child.close();
    }

    static String configuration(Path directory, InetSocketAddress listen, InetSocketAddress upstream) {
        return """
                daemon off;
                worker_processes 2;
                pid DIR/nginx.pid;
                error_log stderr error;
                events { worker_connections 16384; }
                http {
                  access_log off;
                  client_body_temp_path DIR/body;
                  proxy_temp_path DIR/proxy;
                  fastcgi_temp_path DIR/fastcgi;
                  uwsgi_temp_path DIR/uwsgi;
                  scgi_temp_path DIR/scgi;
                  keepalive_requests 1000000000;
                  keepalive_timeout 600s;
                  tcp_nodelay on;
                  client_body_buffer_size 64k;
                  upstream node { server UPSTREAM; keepalive 1024; keepalive_requests 1000000000; keepalive_timeout 600s; }
                  server {
                    listen LISTEN backlog=4096;
                    location / {
                      proxy_pass http://node;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_buffering off;
                      proxy_read_timeout 600s;
                    }
                  }
                }
                """.replace("DIR", directory.toString())
                .replace("UPSTREAM", "127.0.0.1:" + upstream.getPort())
                .replace("LISTEN", "127.0.0.1:" + listen.getPort());
    }

    private static Path find() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new NotReadyException(
                        "nginx is the peer and is not installed here: apt-get install nginx-light"));
    }
}
