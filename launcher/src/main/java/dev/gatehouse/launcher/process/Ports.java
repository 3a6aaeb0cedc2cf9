package dev.gatehouse.launcher.process;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** TCP ports of the loopback interface. */
public final class Ports {
    private static final int HIGHEST = 65_535;

    private Ports() {}

    /**
     * The ports of {@code count} gateways: {@code first} and those after it, or any free ones when it is 0.
     *
     * @throws Failure naming a busy port and who holds it
     */
    public static List<Integer> choose(int first, int count) {
        if (first == 0) {
            return free(count);
        }
        if (first < 0 || first + count - 1 > HIGHEST) {
            throw new Failure(
                    Exit.USAGE, "--port must be 0 to %d for %d gateways".formatted(HIGHEST - count + 1, count));
        }
        List<Integer> ports = new ArrayList<>();
        for (int port = first; port < first + count; port++) {
            requireFree(port);
            ports.add(port);
        }
        return ports;
    }

    /** Whether nothing listens on {@code port} (1 to 65,535). */
    public static boolean isFree(int port) {
        try (ServerSocket socket = listening(port)) {
            return socket.isBound();
        } catch (IOException busy) {
            return false;
        }
    }

    /** Ports that were free a moment ago, all different. */
    public static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(listening(0));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException none) {
            throw new Failure(Exit.FAULT, "no free port on 127.0.0.1: " + none.getMessage());
        } finally {
            held.forEach(Ports::close);
        }
    }

    private static void requireFree(int port) {
        if (!isFree(port)) {
            String holder = PortHolder.of(port).map(" by "::concat).orElse("");
            throw new Failure(
                    Exit.NOT_READY,
                    "port %d is taken%s: stop that, or choose another port with --port N (0 takes any free one)"
                            .formatted(port, holder));
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1);
        return socket;
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            throw Failure.of(alreadyClosed);
        }
    }
}
