package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the engine does not take, in words for the caller. */
class LlamaRefusalTest {

    private static LlamaEngine engine;

    @BeforeAll
    static void open() throws Exception {
        engine = BundledModel.open(step -> {});
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void refusesAPromptThatDoesNotFitWithBothNumbers() {
        Ask tooLong = Ask.user("12345 ".repeat(60));
        assertThatThrownBy(() -> engine.submit(tooLong.request(), new Collected()))
                .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
                .satisfies(refused -> {
                    assertThat(refused.kind()).isEqualTo(RefusedException.Kind.CALLER);
                    assertThat(refused.code()).isEqualTo("context_length_exceeded");
                    assertThat(refused)
                            .hasMessageContaining("256 tokens")
                            .hasMessageMatching(".*prompt has [3-9]\\d\\d.*");
                });
    }

    @Test
    void refusesATextOfMoreBytesThanTheContextsTokensHaveBeforeItIsTokenised() {
        for (String piece : List.of("a", " ", "漢")) {
            Ask tooLong = Ask.user(piece.repeat(100_000));
            assertThatThrownBy(() -> engine.submit(tooLong.request(), new Collected()))
                    .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
                    .satisfies(refused -> {
                        assertThat(refused.code()).isEqualTo("context_length_exceeded");
                        assertThat(refused).hasMessageMatching(".*256 tokens.*has [1-3]00\\d\\d\\d bytes.*");
                    });
        }
    }

    @Test
    void refusesWhatItCanNotDoInWords() {
        refused(Ask.sum(1, 2).max(0), "max_tokens");
        refused(Ask.sum(1, 2).cap(0), "cap");
        refused(Ask.sum(1, 2).biased(Map.of(512, 1f)), "0 to 511");
        refused(Ask.body("{\"messages\":[]}"), "messages must not be empty");
        refused(
                Ask.body(
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}]}"),
                "image_url");
        refused(Ask.body("""
                {"messages":[{"role":"user","content":"x"}],"tool_choice":"required",
                 "tools":[{"type":"function","function":{"name":"add","parameters":{}}}]}"""), "tool_choice");
        refused(
                Ask.body(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"poem\"}}"),
                "response_format");
    }

    private static void refused(Ask ask, String word) {
        assertThatThrownBy(() -> engine.submit(ask.request(), new Collected()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(word)
                .extracting(e -> ((RefusedException) e).kind())
                .isEqualTo(RefusedException.Kind.CALLER);
    }
}
