package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts without a break, which llama.cpp's regular expressions read by recursion, and JSON, which its parser reads so. */
class LongTextTest {

    @TempDir
    private Path directory;

    @Test
    void theLongestTextsAreTokenisedAndTheDeepestAnswersParsed() throws Exception {
        List<String> said = ask(520_000);
        assertThat(said).hasSize(10).last().isEqualTo("nested");
        assertThat(said.subList(0, 9))
                .allMatch(line -> line.contains("context_length_exceeded: ") && line.contains("the prompt has "));
    }

    @Test
    void longerTextsAreRefusedBeforeThat() throws Exception {
        assertThat(ask(560_000).subList(0, 9))
                .allMatch(line -> line.contains("invalid_value: ") && line.contains("524288"));
    }

    private List<String> ask(int bytes) throws Exception {
        Path model = Files.write(
                directory.resolve("long.gguf"),
                new EditableGguf(BundledModel.FILE)
                        .number("deepseek2.context_length", 65_536)
                        .bytes());
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongTextRun.class.getName(),
                        model.toString(),
                        String.valueOf(bytes))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String output = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isZero();
        return output.lines()
                .filter(line -> line.contains("Shorten") || line.contains("Break") || line.equals("nested"))
                .toList();
    }
}
