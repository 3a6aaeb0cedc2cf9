package dev.gatehouse.gateway.anthropic;

import static dev.gatehouse.gateway.dialect.RequestBody.expect;
import static dev.gatehouse.gateway.dialect.RequestBody.invalid;
import static dev.gatehouse.gateway.dialect.RequestBody.require;

import dev.gatehouse.gateway.dialect.RequestBody;
import dev.gatehouse.gateway.vocabulary.Image;
import dev.gatehouse.gateway.vocabulary.TextKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads content: a string, or blocks. */
final class BlockReader {

    private static final Set<String> SYSTEMS = Set.of("text");
    private static final Set<String> USERS = Set.of("text", "image", "tool_result");
    private static final Set<String> ASSISTANTS = Set.of("text", "thinking", "redacted_thinking", "tool_use");
    private static final Set<String> RESULTS = Set.of("text", "image");

    private final List<Image> images;

    /** @param images takes those that are found */
    BlockReader(List<Image> images) {
        this.images = images;
    }

    /** A block that was read; where it may be depends on what the rest of its message says. */
    record Found(String path, String type) {}

    /** The kinds of blocks that a role's messages may have. */
    static Set<String> of(String role) {
        return switch (role) {
            case "system" -> SYSTEMS;
            case "assistant" -> ASSISTANTS;
            default -> USERS;
        };
    }

    /** @return the blocks; none for a string */
    List<Found> content(RequestBody json, String path) {
        List<Found> found = new ArrayList<>();
        switch (json.token()) {
            case VALUE_STRING -> json.string(path);
            case START_ARRAY -> json.array(path, index -> found.add(block(json, path + "." + index)));
            default -> expect(false, path, "a string or an array of content blocks");
        }
        return found;
    }

    /** Refuses blocks that do not belong there. */
    static void requireIn(List<Found> blocks, Set<String> allowed, String where) {
        for (Found block : blocks) {
            String path = block.path() + ".type";
            if (allowed.contains(block.type())) {
                continue;
            }
            if (USERS.contains(block.type()) || ASSISTANTS.contains(block.type())) {
                throw invalid(
                        path, "'" + path + "' is " + block.type() + ", which does not belong into " + where + ".");
            }
            throw MessageReader.refused(
                    path, "'" + path + "' is a kind of content that no model here takes. Send text only.");
        }
    }

    private Found block(RequestBody json, String path) {
        int first = json.noted();
        String pointer = json.pointer();
        StringBuilder type = new StringBuilder();
        List<Found> inner = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        json.object(path, name -> {
            seen.add(name);
            switch (name) {
                case "type" -> type.append(json.string(path + ".type"));
                case "content" -> inner.addAll(inner(json, path + ".content"));
                default -> member(json, path + "." + name, name);
            }
        });
        require(!type.isEmpty(), path + ".type");
        check(new Found(path, type.toString()), seen, inner, pointer);
        if (type.toString().equals("tool_result")) {
            json.attribute(first, TextKind.TOOL);
        }
        return new Found(path, type.toString());
    }

    private List<Found> inner(RequestBody json, String path) {
        if (json.isNull()) {
            return List.of();
        }
        return content(json, path);
    }

    private static void member(RequestBody json, String path, String name) {
        switch (name) {
            case "text", "thinking", "signature", "data", "id", "name", "tool_use_id" -> json.string(path);
            case "input" -> json.document(path);
            case "is_error" -> json.flag(path);
            default -> json.value();
        }
    }

    private void check(Found block, Set<String> seen, List<Found> inner, String pointer) {
        switch (block.type()) {
            case "text" -> requireAll(block, seen, "text");
            case "thinking" -> requireAll(block, seen, "thinking");
            case "tool_use" -> requireAll(block, seen, "id", "name", "input");
            case "tool_result" -> {
                requireAll(block, seen, "tool_use_id");
                requireIn(inner, RESULTS, "a tool's result");
            }
            case "image" -> images.add(new Image(pointer));
            default -> {}
        }
    }

    private static void requireAll(Found block, Set<String> seen, String... names) {
        for (String name : names) {
            require(seen.contains(name), block.path() + "." + name);
        }
    }
}
