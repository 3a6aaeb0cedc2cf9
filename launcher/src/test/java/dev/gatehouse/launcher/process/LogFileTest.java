package dev.gatehouse.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.terminal.Narrator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final int LIMIT = 1000;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream narrated = new ByteArrayOutputStream();
    private Path path;
    private LogFile log;

    @BeforeEach
    void open() {
        path = directory.resolve("worker-1.log");
        log = new LogFile(path, LIMIT, new Narrator(new PrintStream(narrated, true, StandardCharsets.UTF_8)));
    }

    @Test
    void keepsTheNewestLinesInBoundedSpace() throws IOException {
        for (int i = 0; i < 1000; i++) {
            log.append("line %d%n".formatted(i));
        }
        assertThat(log.lastLines(2)).containsExactly("line 998", "line 999");
        assertThat(Files.size(path)).isLessThan(LIMIT + 20);
        assertThat(Files.size(directory.resolve("worker-1.log.1"))).isLessThan(LIMIT + 20);
    }

    @Test
    void drainsTheOutputWhenTheDiskRefuses() throws IOException {
        Files.createSymbolicLink(path, Path.of("/dev/full"));
        ByteArrayInputStream output = new ByteArrayInputStream(new byte[100_000]);
        log.copy(output);
        assertThat(output.available()).isZero();
        assertThat(narrated.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains("cannot be written");
    }

    @Test
    void hasNoLinesBeforeItIsWritten() {
        assertThat(log.lastLines(5)).isEmpty();
    }
}
