package dev.gatehouse.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

    @Test
    void aRestoredStateGivesTheSameGreedyAnswer() throws Exception {
        try (LlamaModel model = TinyModel.load();
                LlamaChat chat = model.chat(TinyModel.question("What is 123 + 456?"), TinyModel.GREEDY);
                LlamaChat again = model.chat(TinyModel.question("What is 123 + 456?"), TinyModel.GREEDY);
                LlamaContext context = model.context(1, 1, 256, 128, 1);
                LlamaContext other = model.context(1, 1, 256, 128, 1)) {
            context.bind(0, chat);
            Answer whole = answer(model, chat, context);
            ByteBuffer state = state(context, 0, 8);
            other.bind(0, again);
            assertThat(other.restore(0, 0, 8, state)).isTrue();
            assertThat(answer(model, again, other, 8)).isEqualTo(whole);
        }
    }

    @Test
    void whatIsNoStateOfThisCacheIsNotTaken() throws Exception {
        try (LlamaModel model = TinyModel.load();
                LlamaChat chat = model.chat(TinyModel.question("What is 123 + 456?"), TinyModel.GREEDY);
                LlamaContext context = model.context(2, 2, 256, 128, 1)) {
            context.bind(0, chat);
            answer(model, chat, context);
            ByteBuffer state = state(context, 0, 8);
            assertThat(context.restore(1, 0, 8, ByteBuffer.allocateDirect(state.capacity())))
                    .isFalse();
            assertThat(context.restore(1, 0, 8, ByteBuffer.allocateDirect(0))).isFalse();
            assertThat(context.restore(1, 0, 7, state)).isFalse();
            assertThat(context.restore(1, 0, 8, state)).isTrue();
        }
    }

    @Test
    void positionsThatASlotDoesNotHaveAndSmallBuffersAreRefused() throws Exception {
        try (LlamaModel model = TinyModel.load();
                LlamaChat chat = model.chat(TinyModel.question("What is 123 + 456?"), TinyModel.GREEDY);
                LlamaContext context = model.context(2, 2, 256, 128, 1)) {
            context.bind(0, chat);
            answer(model, chat, context);
            ByteBuffer state = state(context, 0, 8);
            refused(() -> context.stateBytes(0, 250, 260));
            refused(() -> context.stateBytes(0, -1, 8));
            refused(() -> context.stateBytes(1, 0, 8));
            refused(() -> context.stateBytes(2, 0, 8));
            refused(() -> context.save(0, 0, 8, ByteBuffer.allocateDirect(state.capacity() - 1)));
            refused(() -> context.save(0, 0, 8, ByteBuffer.allocate(state.capacity())));
            refused(() -> context.restore(1, 4, 8, state));
            refused(() -> context.restore(0, 0, 8, state));
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LlamaException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(LlamaException.Code.INVALID));
    }

    private static ByteBuffer state(LlamaContext context, int from, int to) {
        ByteBuffer state = ByteBuffer.allocateDirect((int) context.stateBytes(0, from, to));
        assertThat(context.save(0, from, to, state)).isEqualTo(state.capacity());
        return state;
    }

    private record Answer(String content, String reasoning) {}

    private static Answer answer(LlamaModel model, LlamaChat chat, LlamaContext context) throws KvCacheFullException {
        return answer(model, chat, context, 0);
    }

    /** @param computed tokens of the prompt that the context has already */
    private static Answer answer(LlamaModel model, LlamaChat chat, LlamaContext context, int computed)
            throws KvCacheFullException {
        StringBuilder content = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        int[] prompt = chat.tokens();
        for (int i = computed; i < prompt.length; i++) {
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
