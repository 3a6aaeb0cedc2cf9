package dev.gatehouse.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LlamaModelTest {

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(Handle.open()).isZero();
    }

    @Test
    void saysWhatItIs() {
        try (LlamaModel model = TinyModel.load()) {
            assertThat(model.info().context()).isEqualTo(256);
            assertThat(model.info().vocab()).isEqualTo(512);
            assertThat(model.info().parameters()).isEqualTo(322_192);
            assertThat(model.info().end()).contains(506);
            assertThat(model.info().longestPiece())
                    .isEqualTo("<｜begin▁of▁sentence｜>".getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void progressRisesToOne() {
        TinyModel.load().close();
        List<Double> seen = new ArrayList<>();
        LlamaModel.load(TinyModel.FILE, seen::add).close();
        assertThat(seen).isSorted().last().isEqualTo(1.0);
    }

    @Test
    void loadingEndsWhenTheProgressSaysSo() {
        TinyModel.load().close();
        assertThatThrownBy(() -> LlamaModel.load(TinyModel.FILE, done -> false))
                .isInstanceOf(LlamaException.class)
                .extracting(e -> ((LlamaException) e).code())
                .isEqualTo(LlamaException.Code.ABORTED);
    }

    @Test
    void whatTheProgressThrowsComesOut() {
        TinyModel.load().close();
        assertThatThrownBy(() -> LlamaModel.load(TinyModel.FILE, done -> {
                    throw new IllegalStateException("enough");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
    }

    @Test
    void tokenisesAndBackWhateverTheCharacters() throws Exception {
        String text = "What is 123 + 456? Größe, 漢字, 🙂 and \u0000 too";
        try (LlamaModel model = TinyModel.load()) {
            ByteArrayOutputStream back = new ByteArrayOutputStream();
            for (int token : model.tokenize(text, false, false)) {
                back.write(model.piece(token, false));
            }
            assertThat(back.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        }
    }

    @Test
    void readsControlTokensOnlyWhenAsked() {
        try (LlamaModel model = TinyModel.load()) {
            assertThat(model.tokenize("</think>", false, true)).containsExactly(511);
            assertThat(model.tokenize("x", true, false)).startsWith(505);
        }
    }

    @Test
    void promptIsTheTokenisedTemplate() {
        try (LlamaModel model = TinyModel.load();
                LlamaChat chat = model.chat(TinyModel.question("What is 1 + 2?"), TinyModel.GREEDY)) {
            String prompt = "<｜begin▁of▁sentence｜><｜User｜>What is 1 + 2?<｜Assistant｜><think>";
            assertThat(chat.tokens()).isEqualTo(model.tokenize(prompt, false, true));
            assertThat(chat.info().bytes()).isBetween(50, prompt.getBytes(StandardCharsets.UTF_8).length);
            assertThat(chat.info().longestRun()).isLessThan(chat.info().bytes());
            assertThat(chat.info().thinking()).isTrue();
        }
    }

    @Test
    void refusesATokenOutsideTheVocabulary() {
        try (LlamaModel model = TinyModel.load()) {
            assertThatThrownBy(() -> model.piece(512, true)).hasMessageContaining("512");
            assertThatThrownBy(() -> model.piece(-1, true)).hasMessageContaining("-1");
        }
    }

    @Test
    void aContextBelongsToTheThreadThatMadeIt() throws Exception {
        try (LlamaModel model = TinyModel.load();
                LlamaContext context = model.context(1, 1, 256, 64, 1)) {
            List<Throwable> thrown = new ArrayList<>();
            Thread other = Thread.ofPlatform()
                    .uncaughtExceptionHandler((t, e) -> thrown.add(e))
                    .start(() -> context.drop(0, 0, 1000));
            other.join();
            assertThat(thrown).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("another thread"));
        }
    }

    @Test
    void aContextOutlivesItsModel() throws Exception {
        LlamaModel model = TinyModel.load();
        LlamaChat chat = model.chat(TinyModel.question("Hello!"), TinyModel.GREEDY);
        LlamaContext context = model.context(1, 1, 256, 64, 1);
        context.bind(0, chat);
        model.close();
        chat.close();
        context.add(505, 0, 0, true);
        assertThat(context.step()).hasSize(1);
        context.close();
    }

    @Test
    void anAbortedContextComputesNoMore() {
        try (LlamaModel model = TinyModel.load();
                LlamaChat chat = model.chat(TinyModel.question("Hello!"), TinyModel.GREEDY);
                LlamaContext context = model.context(1, 1, 256, 64, 1)) {
            context.bind(0, chat);
            context.abort();
            context.add(505, 0, 0, true);
            assertThatThrownBy(context::step)
                    .isInstanceOf(LlamaException.class)
                    .extracting(e -> ((LlamaException) e).code())
                    .isEqualTo(LlamaException.Code.ABORTED);
        }
    }

    @Test
    void aStepForASlotWithoutAChatIsRefused() {
        try (LlamaModel model = TinyModel.load();
                LlamaContext context = model.context(1, 1, 256, 64, 1)) {
            context.add(505, 0, 0, true);
            assertThatThrownBy(context::step).hasMessageContaining("slot 0 has no chat");
            context.add(505, 0, 9, true);
            assertThatThrownBy(context::step).hasMessageContaining("slot 9 has no chat");
        }
    }

    @Test
    void theLibrariesComeFromOneDirectory() {
        TinyModel.load().close();
        assertThatThrownBy(() -> LlamaLibrary.load(Path.of("elsewhere"), Backend.AUTO))
                .hasMessageContaining("elsewhere");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void loadingAndClosingTwentyTimesLeavesNothingBehind() throws Exception {
        for (int i = 0; i < 15; i++) {
            loadAndStep();
        }
        long before = residentBytes();
        for (int i = 0; i < 20; i++) {
            loadAndStep();
        }
        assertThat(residentBytes() - before).isLessThan(64 * 1024 * 1024);
    }

    /** Keeps over 10 MiB if its context leaks; the Java heap's own growth hides less, for which the C++ test has a tight bound. */
    private static void loadAndStep() throws KvCacheFullException {
        try (LlamaModel model = TinyModel.load();
                LlamaChat chat = model.chat(TinyModel.question("Hello!"), TinyModel.GREEDY);
                LlamaContext context = model.context(16, LlamaContext.MOST_SEQUENCES, 16_384, 512, 1)) {
            context.bind(0, chat);
            context.add(505, 0, 0, true);
            assertThat(context.step()).hasSize(1);
        }
    }

    private static long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
