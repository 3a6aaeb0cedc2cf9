package dev.gatehouse.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void canBePreparedAgain() {
        DataDirectory data = new DataDirectory(directory.resolve("a/b"));
        data.prepare();
        data.prepare();
        assertThat(data.run()).isDirectory();
        assertThat(data.logs()).isDirectory();
    }

    @Test
    void refusesTheFormatOfAnotherVersion() throws IOException {
        Files.writeString(directory.resolve("version"), "2\n");
        assertThatThrownBy(() -> new DataDirectory(directory).prepare())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("format 2, this one reads 1")
                .hasMessageContaining("--data DIR");
    }

    @Test
    void saysHowMuchSpaceIsMissing() {
        DataDirectory data = new DataDirectory(directory);
        assertThatThrownBy(() -> data.requireSpace(Long.MAX_VALUE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("MiB left and 8796093022207 MiB are needed: free some");
    }

    @Test
    void saysWhichPlaceCannotBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> new DataDirectory(file.resolve("data")).prepare())
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data DIR");
    }
}
