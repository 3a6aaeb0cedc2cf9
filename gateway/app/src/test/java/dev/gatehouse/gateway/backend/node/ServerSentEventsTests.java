package dev.gatehouse.gateway.backend.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSentEventsTests {

    private static final String STREAM =
            ": a comment\n\ndata: {\"a\":\"é\"}\n\nevent: x\r\ndata:{\"b\":2}\r\n\r\ndata: [DONE]\n\n";

    @Test
    void findsTheSameEventsHoweverTheBytesAreCut() {
        byte[] bytes = STREAM.getBytes(UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                List<String> found = new ArrayList<>();
                ServerSentEvents events = new ServerSentEvents(1000);
                events.feed(Arrays.copyOfRange(bytes, 0, first), collect(found));
                events.feed(Arrays.copyOfRange(bytes, first, second), collect(found));
                events.feed(Arrays.copyOfRange(bytes, second, bytes.length), collect(found));
                assertThat(found).containsExactly("{\"a\":\"é\"}", "{\"b\":2}", "[DONE]");
            }
        }
    }

    @Test
    void refusesALineThatNeverEnds() {
        ServerSentEvents events = new ServerSentEvents(10);
        assertThatThrownBy(() -> events.feed("data: 0123456789".getBytes(UTF_8), collect(new ArrayList<>())))
                .hasMessageContaining("longer than 10 bytes");
    }

    private static ServerSentEvents.Events collect(List<String> into) {
        return (bytes, from, to) -> into.add(new String(bytes, from, to - from, UTF_8));
    }
}
