package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
    @TempDir
    private Path directory;

    private Path own;
    private Path bundled;

    @BeforeEach
    void files() throws IOException {
        own = Files.createDirectory(directory.resolve("own"));
        bundled = Files.createDirectory(directory.resolve("bundled"));
        gguf(bundled.resolve("tiny-moe-q8_0.gguf"));
        gguf(bundled.resolve("other.gguf"));
    }

    @Test
    void isFoundByItsNameWithAndWithoutQuantisation() {
        Model tiny = new Model(bundled.resolve("tiny-moe-q8_0.gguf").toString());
        assertThat(choose("tiny-moe")).isEqualTo(tiny);
        assertThat(choose("tiny-moe-q8_0")).isEqualTo(tiny);
        assertThat(choose("other").argument()).endsWith("bundled/other.gguf");
        assertThat(choose("echo:").argument()).isEqualTo("echo:");
    }

    @Test
    void isTakenFromTheInstallationFirst() throws IOException {
        Path mine = gguf(own.resolve("tiny-moe-Q4_K_M.gguf"));
        assertThat(choose("tiny-moe").argument()).isEqualTo(mine.toString());
    }

    @Test
    void isRefusedByNameWithAnOfferOfThoseThereAre() {
        assertThatThrownBy(() -> choose("tiny"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.NOT_FOUND))
                .hasMessageContaining("no model tiny")
                .hasMessageContaining("There are: other, tiny-moe");
    }

    @Test
    void isRefusedWhenTheFileIsAbsentOrNotAModel() throws IOException {
        assertThatThrownBy(() -> choose("/nowhere/model.gguf"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no model file /nowhere/model.gguf");
        Path text = Files.writeString(directory.resolve("text.gguf"), "hello");
        assertThatThrownBy(() -> choose(text.toString()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is not a GGUF file");
    }

    @Test
    void isRefusedWhenSeveralFilesHaveTheName() throws IOException {
        gguf(bundled.resolve("tiny-moe-f16.gguf"));
        assertThatThrownBy(() -> choose("tiny-moe"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("tiny-moe-f16.gguf")
                .hasMessageContaining("--model FILE");
    }

    private Model choose(String wanted) {
        return Model.choose(wanted, List.of(own, bundled));
    }

    private static Path gguf(Path file) throws IOException {
        return Files.writeString(file, "GGUF and more");
    }
}
