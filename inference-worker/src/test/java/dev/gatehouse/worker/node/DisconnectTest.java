package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DisconnectTest {

    @TempDir
    static Path directory;

    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        node = TestNode.start(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void stopsWhenTheSocketClosesBeforeTheFirstByte() throws Exception {
        String id = TestNode.newId();
        try (Socket socket = post(id, TestGateway.script("{'content':'a','pauseBefore':'first'}"))) {
            TestNode.await("its record", () -> node.gateway.record(id).status() == 200);
        }

        JsonNode record = awaitEnd(id);

        assertThat(record.path("reason").stringValue()).isEqualTo("disconnected");
        assertThat(record.path("usage").path("completion_tokens").intValue()).isZero();
    }

    /** At 10 ms a token a hundred would come in the second that the server takes to tell of a close. */
    @Test
    void generatesAtMostTwentyMoreTokensAfterTheSocketHasClosed() throws Exception {
        String words = IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        String id = TestNode.newId();
        int atClose;
        try (Socket socket = post(id, TestGateway.script("{'content':'" + words + "','paceMs':10}"))) {
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(15)).asString(StandardCharsets.US_ASCII).isEqualTo("HTTP/1.1 200 OK");
            atClose = node.gateway
                    .record(id)
                    .json()
                    .path("usage")
                    .path("completion_tokens")
                    .intValue();
        }

        JsonNode record = awaitEnd(id);

        assertThat(record.path("reason").stringValue()).isEqualTo("disconnected");
        assertThat(record.path("usage").path("completion_tokens").intValue()).isBetween(atClose, atClose + 20);
    }

    @Test
    void stopsAReaderThatDoesNotRead() throws Exception {
        String id = TestNode.newId();
        String words = ("x".repeat(1000) + " ").repeat(8_000);
        try (Socket socket = post(id, TestGateway.chat(words))) {
            JsonNode record = awaitEnd(id);

            assertThat(socket.isClosed()).isFalse();
            assertThat(record.path("reason").stringValue()).isEqualTo("disconnected");
            assertThat(record.path("usage").path("completion_tokens").intValue())
                    .isLessThan(8_000);
        }
    }

    @Test
    void leavesOtherExchangesOfTheNodeAlone() throws Exception {
        String gone = TestNode.newId();
        String stays = TestNode.newId();
        Sse sse = node.gateway.run(stays, 100, TestGateway.script("{'content':'a b c d','paceMs':20}"));
        try (Socket socket = post(gone, TestGateway.script("{'content':'a','pauseBefore':'first'}"))) {
            TestNode.await("its record", () -> node.gateway.record(gone).status() == 200);
        }

        assertThat(Sse.text(sse.all(), "content")).isEqualTo("a b c d");
        assertThat(awaitEnd(gone).path("reason").stringValue()).isEqualTo("disconnected");
    }

    private static JsonNode awaitEnd(String id) throws Exception {
        TestNode.await(
                "end of " + id,
                () -> node.gateway.record(id).json().path("state").asString("").equals("ended"));
        return node.gateway.record(id).json();
    }

    private static Socket post(String id, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String ticket = TestGateway.sign(TestGateway.claims("run", id, 1_000_000, body), TestGateway.KEY);
        String head = "POST /node/v1/exchanges/" + id + " HTTP/1.1\r\nhost: node\r\ngh-ticket: " + ticket
                + "\r\ncontent-length: " + bytes.length + "\r\n\r\n";
        Socket socket = new Socket(node.url.getHost(), node.url.getPort());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        return socket;
    }
}
