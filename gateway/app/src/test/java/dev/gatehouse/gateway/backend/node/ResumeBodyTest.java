package dev.gatehouse.gateway.backend.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.backend.Transcript;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResumeBodyTest {

    private static final Filters NONE = new Filters() {
        @Override
        public Passed pass(List<Span> spans) {
            return new Passed.Clear(spans);
        }

        @Override
        public Passed finish() {
            return new Passed.Clear(List.of());
        }
    };

    @Test
    void isTheRequestAsItWasWithWhatCameOfItsAnswer() {
        byte[] run = "{\"model\": \"tiny-moe\", \"x\": {\"é\":1} }\n".getBytes(StandardCharsets.UTF_8);
        byte[] body = ResumeBody.of(run, new Transcript(new int[] {7, 512, 9}, 12, NONE, 0));
        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo("{\"model\": \"tiny-moe\", \"x\": {\"é\":1} ,\"gh\":{\"ids\":[7,512,9],\"characters\":12}}");
    }
}
