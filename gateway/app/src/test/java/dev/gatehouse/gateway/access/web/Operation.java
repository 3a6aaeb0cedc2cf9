package dev.gatehouse.gateway.access.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call that {@code docs/openapi.json} names.
 *
 * @param method in capital letters
 * @param path with the names of its parameters in braces
 * @param query names of the parameters that may be given in the query
 * @param required those that must be
 * @param body whether it takes one
 */
record Operation(String method, String path, List<String> query, List<String> required, boolean body) {

    private static final Path DOCUMENT =
            Path.of("../../docs/openapi.json").toAbsolutePath().normalize();
    private static final Pattern PARAMETER = Pattern.compile("/([a-z-]+)/\\{([a-z]+)}");

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        document()
                .path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry(
                        (method, operation) -> all.add(of(method.toUpperCase(Locale.ROOT), path, operation))));
        return all;
    }

    boolean reads() {
        return method.equals("GET");
    }

    /** As the table of samples writes it. */
    String name() {
        return method + " " + path.substring(Rule.ROOT.length());
    }

    /** The path with what its parameters stand for in braces: {@code /keys/{key}} of {@code /keys/{id}}. */
    String filled() {
        return PARAMETER
                .matcher(path.substring(Rule.ROOT.length()))
                .replaceAll(found -> Matcher.quoteReplacement(
                        "/%s/{%s}".formatted(found.group(1), thing(found.group(1), found.group(2)))));
    }

    boolean namesSomething() {
        return path.contains("{");
    }

    @Override
    public String toString() {
        return name();
    }

    private static String thing(String collection, String parameter) {
        return parameter.equals("id") || parameter.equals("name") ? collection.replaceFirst("s$", "") : parameter;
    }

    private static Operation of(String method, String path, JsonNode operation) {
        List<String> query = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asString().equals("query")) {
                query.add(parameter.path("name").asString());
                if (parameter.path("required").asBoolean()) {
                    required.add(parameter.path("name").asString());
                }
            }
        }
        return new Operation(method, path, query, required, operation.has("requestBody"));
    }

    private static JsonNode document() {
        try {
            return JsonMapper.shared().readTree(Files.readString(DOCUMENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
