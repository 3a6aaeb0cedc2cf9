package dev.gatehouse.launcher.process;

import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A log of bounded size: the file itself and one earlier one beside it, {@code NAME.log.1}. */
public final class LogFile {
    private static final long DEFAULT_LIMIT = 8L << 20;
    private static final int TAIL_BYTES = 8 << 10;

    private final Path path;
    private final long limit;
    private final Narrator narrator;
    private boolean refused;

    /** {@code narrator} says once when the log cannot be written. */
    public LogFile(Path path, Narrator narrator) {
        this(path, DEFAULT_LIMIT, narrator);
    }

    LogFile(Path path, long limit, Narrator narrator) {
        this.path = path;
        this.limit = limit;
        this.narrator = narrator;
    }

    public Path path() {
        return path;
    }

    /** Moves a log that has reached its limit out of the way. */
    public void rotate() throws IOException {
        if (Files.exists(path) && Files.size(path) >= limit) {
            Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Copies {@code output} to the log until it ends. A disk that refuses must not block the process that writes, so
     * what cannot be kept is dropped.
     */
    void copy(InputStream output) {
        byte[] chunk = new byte[8 << 10];
        try (output) {
            for (int length = output.read(chunk); length >= 0; length = output.read(chunk)) {
                append(chunk, length);
            }
        } catch (IOException ended) {
            append("(its output cannot be read any more: %s)%n".formatted(ended.getMessage()));
        }
    }

    /** Adds one line, which brings its own line end. */
    public void append(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        append(bytes, bytes.length);
    }

    /** The last {@code count} lines, without blank ones; fewer when the log is shorter or cannot be read. */
    public List<String> lastLines(int count) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL_BYTES));
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.readFully(tail);
            List<String> lines = new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private synchronized void append(byte[] bytes, int length) {
        try {
            rotate();
            try (OutputStream file =
                    Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                file.write(bytes, 0, length);
            }
            refused = false;
        } catch (IOException cause) {
            sayOnce(cause);
        }
    }

    private void sayOnce(IOException cause) {
        if (!refused) {
            narrator.say("%s cannot be written, its lines are dropped: %s", path, cause);
            refused = true;
        }
    }
}
