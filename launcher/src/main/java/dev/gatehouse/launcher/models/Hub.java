package dev.gatehouse.launcher.models;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of a model's repository, from Hugging Face's tree API or a mirror of it. */
final class Hub {

    private static final Pattern FILE = Pattern.compile(
            "(?:.*/)?.*?[-.](?<quantisation>(?:UD-)?(?:I?Q\\d\\w*|TQ\\d\\w*|B?F16|F32|MXFP4\\w*))(?:-\\d{5}-of-\\d{5})?\\.gguf",
            Pattern.CASE_INSENSITIVE);

    private final Web web;
    private final URI endpoint;

    /** @param endpoint where the API is, without a path */
    Hub(Web web, URI endpoint) {
        this.web = web;
        this.endpoint = endpoint;
    }

    /**
     * The files of one quantisation, in order.
     *
     * @throws Failure there is no such repository, or none of this quantisation in it, and which ones there are
     */
    List<Part> parts(Source.HuggingFace model) throws IOException, InterruptedException {
        List<JsonNode> files = files(model.repository());
        List<Part> parts = files.stream()
                .filter(file -> quantisation(path(file))
                        .filter(model.quantisation()::equalsIgnoreCase)
                        .isPresent())
                .map(file -> part(model.repository(), file))
                .sorted(Comparator.comparing(Part::name))
                .toList();
        if (parts.isEmpty()) {
            throw new Failure(
                    Exit.NOT_FOUND,
                    "%s has no %s. There are: %s".formatted(model.repository(), model.quantisation(), offered(files)));
        }
        return parts;
    }

    private List<JsonNode> files(String repository) throws IOException, InterruptedException {
        URI tree = endpoint.resolve("/api/models/" + repository + "/tree/main?recursive=true");
        try (InputStream body = web.get(tree, Optional.empty()).body()) {
            return StreamSupport.stream(JsonMapper.shared().readTree(body).spliterator(), false)
                    .filter(file -> path(file).endsWith(".gguf"))
                    .toList();
        }
    }

    private Part part(String repository, JsonNode file) {
        JsonNode stored = file.path("lfs");
        String path = path(file);
        long size = stored.path("size").asLong(file.path("size").asLong(-1));
        return new Part(
                endpoint.resolve("/" + repository + "/resolve/main/" + path),
                path.substring(path.lastIndexOf('/') + 1),
                size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
                stored.path("oid").isString()
                        ? Optional.of(stored.path("oid").asString().toLowerCase(Locale.ROOT))
                        : Optional.empty());
    }

    private static String offered(List<JsonNode> files) {
        String all = files.stream()
                .map(Hub::path)
                .flatMap(path -> quantisation(path).stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "no GGUF files" : all;
    }

    private static Optional<String> quantisation(String path) {
        Matcher file = FILE.matcher(path);
        return file.matches() ? Optional.of(file.group("quantisation")) : Optional.empty();
    }

    private static String path(JsonNode file) {
        return file.path("path").asString("");
    }
}
