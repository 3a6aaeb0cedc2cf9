package dev.gatehouse.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ReadingTest {

    private static final String STREAM = "data: {\"a\":1}\n\n: comment\n\ndata: {\"a\":2}\r\n\r\ndata: [DONE]\n\n";

    @Test
    void countsEventsHoweverTheBytesAreCut() {
        for (int size = 1; size <= STREAM.length(); size++) {
            Answer answer = read(STREAM, size);

            assertThat(answer.events()).as("pieces of %d", size).isEqualTo(3);
            assertThat(answer.done()).as("pieces of %d", size).isTrue();
            assertThat(answer.length()).isEqualTo(STREAM.length());
            assertThat(answer.text()).isEqualTo(STREAM);
        }
    }

    @Test
    void aStreamCutOffIsNotDone() {
        assertThat(read("data: {\"a\":1}\n\ndata: [DONE]\n", 5).done()).isFalse();
    }

    private static Answer read(String text, int size) {
        Reading reading = new Reading(true);
        reading.head(200);
        for (int from = 0; from < text.length(); from += size) {
            String piece = text.substring(from, Math.min(text.length(), from + size));
            reading.content(Unpooled.copiedBuffer(piece, StandardCharsets.US_ASCII));
        }
        return reading.end();
    }
}
