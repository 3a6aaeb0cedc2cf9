package dev.gatehouse.worker.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose bodies may have 1,000 bytes in all, and that answers with the length of each. */
class BodiesTest {

    private static final int ROOM = 1000;

    private final Handler lengths = ctx -> body -> Answers.json(
            200,
            new JsonBytes().raw("{\"length\":").number(body.length).raw("}").toBytes());
    private final Server server = Server.builder()
            .http(0)
            .maxRequestLength(ROOM)
            .service("/", lengths.service(new Bodies(ROOM)))
            .build();

    @BeforeEach
    void start() {
        server.start().join();
    }

    @AfterEach
    void stop() {
        server.stop().join();
    }

    @Test
    void readsABodyThatTakesAllTheRoomAgainAndAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(exchange(announced(ROOM) + "x".repeat(ROOM))).contains("{\"length\":1000}");
            assertThat(exchange(chunked(ROOM) + "0\r\n\r\n")).contains("{\"length\":1000}");
        }
    }

    @Test
    void refusesABodyThatDoesNotFitBeforeItHasCome() throws Exception {
        try (Socket slow = reading(announced(900), announced(200) + "x".repeat(200))) {
            String refusal = exchange(announced(200));

            assertThat(refusal).startsWith("HTTP/1.1 503").contains("retry-after: 1", "node_busy");
            assertThat(exchange(announced(100) + "x".repeat(100))).contains("{\"length\":100}");
            assertThat(slow.isClosed()).isFalse();
        }
        await("room again", announced(200) + "x".repeat(200), "{\"length\":200}");
    }

    @Test
    void countsABodyOfUnknownLengthAsTheLargest() throws Exception {
        try (Socket slow = reading(chunked(10), announced(1) + "x")) {
            assertThat(slow.isClosed()).isFalse();
        }
        await("room again", announced(ROOM) + "x".repeat(ROOM), "{\"length\":1000}");
    }

    private static String announced(int length) {
        return "POST / HTTP/1.1\r\nhost: node\r\ncontent-length: " + length + "\r\n\r\n";
    }

    /** Without the last chunk. */
    private static String chunked(int length) {
        return "POST / HTTP/1.1\r\nhost: node\r\ntransfer-encoding: chunked\r\n\r\n" + Integer.toHexString(length)
                + "\r\n" + "x".repeat(length) + "\r\n";
    }

    /** A request that is being read, so that the probe does not fit; sent again if it came while a probe had the room. */
    private Socket reading(String request, String probe) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        Socket slow = send(request);
        while (!exchange(probe).contains("node_busy")) {
            assertThat(Instant.now()).as("no room").isBefore(deadline);
            if (slow.getInputStream().available() > 0) {
                slow.close();
                slow = send(request);
            }
        }
        return slow;
    }

    private void await(String what, String request, String answer) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!exchange(request).contains(answer)) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
        }
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = send(request)) {
            StringBuilder answer = new StringBuilder();
            byte[] some = new byte[4096];
            while (!answer.toString().contains("}")) {
                int read = socket.getInputStream().read(some);
                if (read < 0) {
                    break;
                }
                answer.append(new String(some, 0, read, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }

    private Socket send(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
