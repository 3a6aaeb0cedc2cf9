package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM's own checks of our native methods, in a process of its own because the JDK's natives warn too. */
class CheckedJniTest {

    @TempDir
    private Path directory;

    @Test
    void theJvmFindsNothingWrongWithTheNativeMethods() throws Exception {
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xcheck:jni",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CheckedRun.class.getName(),
                        BundledModel.FILE.toString())
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
        assertThat(output).contains("content 579 progress 1.0").contains("refused");
        assertThat(ours(output)).isEmpty();
    }

    @Test
    void aWarningOfOursWouldBeFound() throws IOException {
        String output = """
                WARNING in native method: JNI call made without checking exceptions when required to from CallBooleanMethodV
                \tat java.base/sun.nio.Other.call(Native Method)
                noise
                WARNING in native method: JNI call made without checking exceptions when required to from CallBooleanMethodV
                \tat dev.gatehouse.worker.llama.Natives.modelLoad(Native Method)
                \tat dev.gatehouse.worker.llama.LlamaModel.load(LlamaModel.java:1)
                """;
        assertThat(ours(output)).singleElement().asString().contains("modelLoad");
    }

    /** Warnings and errors whose stack names our natives. */
    private static List<String> ours(String output) {
        List<String> reports = new ArrayList<>();
        StringBuilder report = new StringBuilder();
        for (String line : output.lines().toList()) {
            if (!line.startsWith("\tat ")) {
                report.setLength(0);
            }
            report.append(line).append('\n');
            boolean about = report.indexOf("WARNING") == 0 || report.indexOf("FATAL ERROR") == 0;
            if (about && line.contains("dev.gatehouse.worker.llama.Natives")) {
                reports.add(report.toString());
            }
        }
        return reports;
    }
}
