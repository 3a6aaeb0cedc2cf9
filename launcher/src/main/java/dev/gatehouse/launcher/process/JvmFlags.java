package dev.gatehouse.launcher.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** How our applications run: the flags of {@code deploy/jvm.flags}, which containers use too. */
final class JvmFlags {
    static final List<String> ALL = load();

    private JvmFlags() {}

    private static List<String> load() {
        try (InputStream file = Objects.requireNonNull(JvmFlags.class.getResourceAsStream("/jvm.flags"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
