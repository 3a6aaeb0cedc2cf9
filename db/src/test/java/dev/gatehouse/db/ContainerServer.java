package dev.gatehouse.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container, on a host port that stays the same over a stop and a start. */
final class ContainerServer extends TestServer {

    private static final int POSTGRES_PORT = 5432;

    private final int port = freePort();
    private final PostgreSQLContainer container = new PostgreSQLContainer("postgres:18")
            .withUsername(SUPERUSER)
            .withPassword(SUPERUSER_PASSWORD)
            .withDatabaseName(SUPERUSER);

    ContainerServer() {
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + POSTGRES_PORT));
        container.start();
    }

    /** Whether {@code docker info} answers. */
    static boolean available() {
        try {
            Process docker = new ProcessBuilder("docker", "info")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (docker.waitFor(10, TimeUnit.SECONDS)) {
                return docker.exitValue() == 0;
            }
            docker.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    int port() {
        return port;
    }

    @Override
    void stop() {
        DockerClientFactory.instance()
                .client()
                .stopContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    void start() {
        DockerClientFactory.instance()
                .client()
                .startContainerCmd(container.getContainerId())
                .exec();
        Wait.forListeningPort().withStartupTimeout(Duration.ofSeconds(60)).waitUntilReady(container);
    }

    @Override
    void end() {
        container.stop();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
