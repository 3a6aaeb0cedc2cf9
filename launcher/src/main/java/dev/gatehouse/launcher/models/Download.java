package dev.gatehouse.launcher.models;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * Fetches one file. What has come lies beside it as {@code NAME.part}, with the validator of its source in {@code NAME.etag}, so
 * that a later try asks for the rest alone (RFC 9110, Range and If-Range); it gets its name when it is whole and right.
 */
final class Download {

    private static final int BUFFER = 1 << 20;
    private static final int RANGE_BEYOND_THE_END = 416;
    private static final int REST = 206;

    /** Stays free on the disk. */
    private static final long RESERVE = 512L << 20;

    private final Web web;
    private final Path folder;
    private final ToLongFunction<Path> space;

    /** @param space bytes that are left where a file lies */
    Download(Web web, Path folder, ToLongFunction<Path> space) {
        this.web = web;
        this.folder = folder;
        this.space = space;
    }

    /** Hears how far it is. */
    interface Listener {

        /** @param size of the whole file; empty: nobody says */
        void at(long bytes, OptionalLong size);
    }

    /**
     * Fetches it, or what is missing of it; nothing if it is there already and right.
     *
     * @throws Failure the disk is too small, the source refuses, or what came is not what was promised
     */
    Path fetch(Part part, Listener listener) throws IOException, InterruptedException {
        Path whole = folder.resolve(part.name());
        if (Files.exists(whole)) {
            requireRight(whole, part, "remove it, or name it with another --sha256");
            return whole;
        }
        part.size().ifPresent(size -> requireSpace(size - length(unfinished(part))));
        receive(part, listener);
        verify(part);
        Files.move(unfinished(part), whole, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(validator(part));
        return whole;
    }

    private void receive(Part part, Listener listener) throws IOException, InterruptedException {
        Optional<Web.Rest> rest = rest(part);
        HttpResponse<InputStream> answer = web.get(part.from(), rest);
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == RANGE_BEYOND_THE_END) {
                return;
            }
            long already = answer.statusCode() == REST ? length(unfinished(part)) : 0;
            OptionalLong left = answer.headers().firstValueAsLong("content-length");
            left.ifPresent(this::requireSpace);
            remember(part, answer);
            OptionalLong size = left.isPresent() ? OptionalLong.of(already + left.getAsLong()) : part.size();
            write(body, part, already, size, listener);
        }
    }

    private Optional<Web.Rest> rest(Part part) throws IOException {
        long here = length(unfinished(part));
        return here > 0 && Files.exists(validator(part))
                ? Optional.of(new Web.Rest(here, Files.readString(validator(part))))
                : Optional.empty();
    }

    /** A weak validator is no proof that a rest fits. */
    private void remember(Part part, HttpResponse<?> answer) throws IOException {
        Optional<String> strong = answer.headers().firstValue("etag").filter(tag -> tag.startsWith("\""));
        if (strong.isPresent()) {
            Files.writeString(validator(part), strong.get());
        } else {
            Files.deleteIfExists(validator(part));
        }
    }

    private void write(InputStream body, Part part, long already, OptionalLong size, Listener listener)
            throws IOException {
        StandardOpenOption how = already > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long done = already;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out =
                Files.newOutputStream(unfinished(part), StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            listener.at(done, size);
            for (int read = read(body, buffer, part); read >= 0; read = read(body, buffer, part)) {
                out.write(buffer, 0, read);
                done += read;
                listener.at(done, size);
            }
        }
        if (size.isPresent() && done != size.getAsLong()) {
            throw interrupted(part, "the connection ended early");
        }
    }

    private static int read(InputStream body, byte[] buffer, Part part) {
        try {
            return body.read(buffer);
        } catch (IOException broken) {
            throw interrupted(part, String.valueOf(broken.getMessage()));
        }
    }

    private static Failure interrupted(Part part, String why) {
        return new Failure(
                Exit.FAULT,
                "%s did not come whole (%s): run the same command again for the rest".formatted(part.name(), why));
    }

    private void verify(Part part) throws IOException {
        try {
            requireRight(
                    unfinished(part),
                    part,
                    "run the same command again, and do not use a source that keeps doing this");
        } catch (Failure wrong) {
            Files.deleteIfExists(unfinished(part));
            Files.deleteIfExists(validator(part));
            throw wrong;
        }
    }

    private static void requireRight(Path file, Part part, String remedy) throws IOException {
        if (part.sha256().isEmpty()) {
            return;
        }
        String found = sha256(file);
        if (!found.equals(part.sha256().get().toLowerCase(Locale.ROOT))) {
            throw new Failure(
                    Exit.NOT_VERIFIED,
                    "%s has SHA-256 %s instead of %s: %s"
                            .formatted(part.name(), found, part.sha256().get(), remedy));
        }
    }

    private void requireSpace(long bytes) {
        long left = space.applyAsLong(folder);
        if (left < bytes + RESERVE) {
            throw new Failure(
                    Exit.FAULT,
                    "the disk of %s has %d MiB left and %d MiB are needed: free some, or choose another disk with --data DIR"
                            .formatted(folder, left >> 20, (bytes + RESERVE) >> 20));
        }
    }

    private Path unfinished(Part part) {
        return folder.resolve(part.name() + ".part");
    }

    private Path validator(Part part) {
        return folder.resolve(part.name() + ".etag");
    }

    private static long length(Path file) {
        return file.toFile().length();
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
