package dev.gatehouse.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The native boundary is small, and written down in one table. */
class NativesTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/gatehouse/worker");
    private static final Pattern ROW =
            Pattern.compile("<tr><td>(\\w+)</td><td>(any|one|owner)</td><td>(yes|no)</td></tr>");

    private static List<String> declared() {
        return Arrays.stream(Natives.class.getDeclaredMethods())
                .filter(method -> Modifier.isNative(method.getModifiers()))
                .map(Method::getName)
                .toList();
    }

    @Test
    void theTableNamesEachNativeMethodOnce() throws Exception {
        String table = Files.readString(SOURCES.resolve("llama/package-info.java"));
        List<String> rows =
                ROW.matcher(table).results().map(row -> row.group(1)).toList();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(declared());
    }

    @Test
    void noNativeMethodIsOverloaded() {
        assertThat(declared()).doesNotHaveDuplicates();
    }

    @Test
    void eachNativeMethodHasItsExport() throws Exception {
        String shim = Files.readString(Path.of("src/main/cpp/jni.cpp"));
        List<String> exports = Pattern.compile("(?m)^NATIVE\\(\\w+, (\\w+), ")
                .matcher(shim)
                .results()
                .map(export -> export.group(1))
                .toList();
        assertThat(exports).containsExactlyInAnyOrderElementsOf(declared());
    }

    @Test
    void noOtherClassDeclaresANativeMethod() throws Exception {
        Pattern declaration = Pattern.compile("\\bnative [\\w\\[\\]]+ \\w+\\(");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> declaration.matcher(read(file)).find()))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("Natives.java");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\\n]*", "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
