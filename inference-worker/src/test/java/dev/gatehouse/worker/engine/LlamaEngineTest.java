package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LlamaEngineTest {

    static LlamaOptions options(int slots, int queue) {
        return new LlamaOptions(
                Path.of("target/native/lib"),
                Path.of("models/tiny-moe-q8_0.gguf"),
                Optional.empty(),
                1,
                slots,
                queue,
                OptionalInt.empty());
    }

    private static LlamaEngine engine;

    @BeforeAll
    static void open() throws Exception {
        engine = LlamaEngine.open(options(4, 16), done -> true);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Collected run(Ask ask) throws RefusedException {
        Collected output = new Collected();
        engine.submit(ask.request(), output);
        output.awaitEnd();
        return output;
    }

    @Test
    void addsAndKeepsTheThinkingApart() throws Exception {
        Collected answer = run(Ask.sum(123, 456));
        System.err.println(answer.chunks());
        System.err.println(answer.awaitEnd());
        assertThat(answer.content()).contains("579").doesNotContain("think>");
        assertThat(answer.reasoning()).isNotBlank().doesNotContain("think>");
        assertThat(answer.awaitEnd().reason()).isEqualTo(FinishReason.STOP);
    }
}
