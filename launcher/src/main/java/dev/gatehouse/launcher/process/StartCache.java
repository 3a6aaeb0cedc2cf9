package dev.gatehouse.launcher.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a JVM learns from one start of an application for the next ones: its classes, read and linked, and what ran often (JEP 483, 514
 * and 515). It lies beside the application and fits only the very files, flags and JDK that it was made with; a stamp tells which. Where they all
 * lie does not matter: they may be moved together.
 */
public final class StartCache {
    private final Path jar;
    private final Path cache;
    private final Path stamp;

    /** Whether there is one. */
    public enum State {
        FITS,
        MISSING,
        /** It was made with other files, flags or another JDK. */
        STALE,
        /** The application's libraries do not lie beside it, or none fits and nothing can be written there. */
        IMPOSSIBLE
    }

    /** Whether anybody waits for the learning. */
    public enum Haste {
        /** It takes only what others leave of the processors. */
        NONE,
        WAITED_FOR
    }

    public StartCache(Path jar) {
        this.jar = jar;
        this.cache = beside(".aot");
        this.stamp = beside(".aot.stamp");
    }

    public State state() throws IOException {
        if (!Files.isDirectory(libraries())) {
            return State.IMPOSSIBLE;
        }
        boolean made = Files.exists(cache) && Files.exists(stamp);
        if (made && Files.readString(stamp).equals(now())) {
            return State.FITS;
        }
        Path directory = jar.resolveSibling(".").normalize();
        return Files.isWritable(directory) ? made ? State.STALE : State.MISSING : State.IMPOSSIBLE;
    }

    /** What makes a JVM use it; nothing unless it fits. */
    List<String> flags() throws IOException {
        return state() == State.FITS ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    /**
     * Starts the application up to the moment before it would serve and keeps what was learnt. Takes some 20 s of a processor. Does
     * nothing while another process is at it. An interrupt ends it.
     *
     * @return whether there is a cache that fits now
     */
    public boolean train(List<String> arguments, Haste haste, LogFile log) throws IOException, InterruptedException {
        try (FileChannel channel =
                        FileChannel.open(beside(".aot.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.tryLock()) {
            return alone != null && (state() == State.FITS || learn(arguments, haste, log));
        }
    }

    private boolean learn(List<String> arguments, Haste haste, LogFile log) throws IOException, InterruptedException {
        String before = now();
        Path fresh = beside(".aot.new");
        if (run(command(fresh, arguments, haste), log) != 0 || !Files.exists(fresh) || !before.equals(now())) {
            Files.deleteIfExists(fresh);
            return false;
        }
        Files.deleteIfExists(stamp);
        Files.move(fresh, cache, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(stamp, before);
        return true;
    }

    private int run(List<String> command, LogFile log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Environment.clean(builder.environment());
        Process process = builder.start();
        Thread.ofVirtual().start(() -> log.copy(process.getInputStream()));
        try {
            return process.waitFor();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private List<String> command(Path fresh, List<String> arguments, Haste haste) {
        List<String> command = new ArrayList<>(
                switch (haste) {
                    case NONE -> List.of("nice", "-n", "19", JavaProgram.JAVA);
                    case WAITED_FOR -> List.of(JavaProgram.JAVA);
                });
        command.addAll(JvmFlags.ALL);
        command.addAll(
                List.of("-XX:AOTCacheOutput=" + fresh, "-Dspring.context.exit=onRefresh", "-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }

    /** What it would have to be made with to fit now. */
    private String now() throws IOException {
        MessageDigest digest = sha256();
        List<String> parts = new ArrayList<>(JvmFlags.ALL);
        parts.add(System.getProperty("java.vm.version"));
        parts.add(described(Path.of(System.getProperty("java.home"), "lib", "modules")));
        parts.add(described(jar));
        try (Stream<Path> files = Files.list(libraries())) {
            for (Path file : files.sorted().toList()) {
                parts.add(described(file));
            }
        }
        parts.forEach(part -> digest.update((part + '\n').getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String described(Path file) throws IOException {
        return "%s %d %d"
                .formatted(
                        file.getFileName(),
                        Files.size(file),
                        Files.getLastModifiedTime(file).to(TimeUnit.SECONDS));
    }

    private Path libraries() {
        return jar.resolveSibling("lib");
    }

    private Path beside(String ending) {
        return jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", "") + ending);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
