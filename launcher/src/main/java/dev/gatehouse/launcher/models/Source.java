package dev.gatehouse.launcher.models;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where a model is fetched from. */
public sealed interface Source {

    /** {@code hf:OWNER/REPOSITORY:QUANTISATION}. */
    record HuggingFace(String repository, String quantisation) implements Source {}

    /** A file somewhere; {@code NAME-00001-of-00003.gguf} stands for all of them. */
    record Address(URI url) implements Source {

        private static final Pattern SPLIT = Pattern.compile("(.*-)00001(-of-(\\d{5})\\.gguf)");

        List<Part> parts(Optional<String> sha256) {
            Matcher split = SPLIT.matcher(url.getPath());
            if (!split.matches()) {
                return List.of(part(url, sha256));
            }
            if (sha256.isPresent()) {
                throw new Failure(Exit.USAGE, "--sha256 is of one file, and this model has several: leave it out");
            }
            return IntStream.rangeClosed(1, Integer.parseInt(split.group(3)))
                    .mapToObj(number -> part(
                            url.resolve("%s%05d%s".formatted(split.group(1), number, split.group(2))),
                            Optional.empty()))
                    .toList();
        }

        private static Part part(URI from, Optional<String> sha256) {
            String path = from.getPath();
            return new Part(from, path.substring(path.lastIndexOf('/') + 1), OptionalLong.empty(), sha256);
        }
    }

    /**
     * Reads what was typed.
     *
     * @throws Failure it is neither
     */
    static Source parse(String text) {
        Matcher hub = Pattern.compile("hf:([\\w.-]+/[\\w.-]+):([\\w.-]+)").matcher(text);
        if (hub.matches()) {
            return new HuggingFace(hub.group(1), hub.group(2));
        }
        if (text.matches("https?://[^\\s?#]+/[\\w.-]+\\.gguf")) {
            return new Address(URI.create(text));
        }
        throw new Failure(
                Exit.USAGE,
                "%s is no source: say hf:OWNER/REPOSITORY:QUANTISATION or the URL of a .gguf file".formatted(text));
    }
}
