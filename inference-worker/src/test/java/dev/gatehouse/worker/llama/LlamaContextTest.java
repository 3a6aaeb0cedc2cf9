package dev.gatehouse.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LlamaContextTest {

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(Handle.open()).isZero();
    }

    @Test
    void addsThroughTheWholeNativePath() throws Exception {
        try (LlamaModel model = TinyModel.load();
                LlamaChat chat = model.chat(TinyModel.question("What is 123 + 456?"), TinyModel.GREEDY);
                LlamaContext context = model.context(1, 1, 256, 128, 1)) {
            context.bind(0, chat);
            Answer answer = answer(model, chat, context);
            assertThat(answer.content()).contains("579");
            assertThat(answer.reasoning()).isNotBlank().doesNotContain("think>");
        }
    }

    private record Answer(String content, String reasoning) {}

    private static Answer answer(LlamaModel model, LlamaChat chat, LlamaContext context) throws KvCacheFullException {
        StringBuilder content = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        int[] prompt = chat.tokens();
        for (int i = 0; i < prompt.length; i++) {
            context.add(prompt[i], i, 0, i == prompt.length - 1);
        }
        for (int position = prompt.length; ; position++) {
            List<LlamaContext.Pick> picks = context.step();
            LlamaContext.Pick pick = picks.getFirst();
            String text = pick.end() ? "" : new String(model.piece(pick.token(), false));
            for (LlamaChat.Change change : chat.parse(text, pick.end())) {
                content.append(change.content() == null ? "" : change.content());
                reasoning.append(change.reasoning() == null ? "" : change.reasoning());
            }
            if (pick.end()) {
                return new Answer(content.toString(), reasoning.toString());
            }
            context.add(pick.token(), position, 0, true);
        }
    }
}
