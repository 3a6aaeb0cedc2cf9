package dev.gatehouse.launcher.models;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Fetches all files of a model into a folder.
 *
 * @param endpoint of Hugging Face, or of a mirror of it
 * @param token empty: none
 * @param space bytes that are left where a file lies
 */
public record Pull(URI endpoint, Optional<String> token, Path folder, Narrator narrator, ToLongFunction<Path> space) {

    /** With the space that the file system tells. */
    public Pull(URI endpoint, Optional<String> token, Path folder, Narrator narrator) {
        this(endpoint, token, folder, narrator, Pull::usable);
    }

    /**
     * The model's files, in order; the first is the one to run.
     *
     * @param sha256 of a model in one file; empty: as the source says, if it does
     * @throws Failure as {@link Download}
     */
    public List<Path> fetch(Source source, Optional<String> sha256) throws InterruptedException {
        try (Web web = new Web(token)) {
            Files.createDirectories(folder);
            List<Path> files = new ArrayList<>();
            for (Part part : parts(web, source, sha256)) {
                Download download = new Download(web, folder, space);
                files.add(download.fetch(part, new Percents(part.name(), narrator)));
            }
            return files;
        } catch (IOException broken) {
            throw new Failure(
                    Exit.FAULT,
                    "the model did not come (%s): run the same command again for the rest".formatted(broken));
        }
    }

    private List<Part> parts(Web web, Source source, Optional<String> sha256) throws IOException, InterruptedException {
        return switch (source) {
            case Source.Address address -> address.parts(sha256);
            case Source.HuggingFace model -> new Hub(web, endpoint).parts(model);
        };
    }

    private static long usable(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
