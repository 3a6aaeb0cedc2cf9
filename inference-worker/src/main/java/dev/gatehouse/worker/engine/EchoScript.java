package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.engine.RefusedException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the echo engine plays.
 *
 * @param cuts byte offsets into reasoning, content and tool arguments one after the other, as UTF-8; empty: a cut at each word
 * @param paceMs time from one token to the next
 * @param hold where the generation waits until it is cancelled or 30 s have passed
 */
record EchoScript(
        String reasoning, String content, Optional<Tool> tool, Optional<List<Integer>> cuts, long paceMs, Hold hold) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long SLOWEST_PACE_MS = 60_000;
    private static final Set<String> MEMBERS = Set.of("content", "reasoning", "tool", "cut", "paceMs", "pauseBefore");

    /** A call that the script makes. */
    record Tool(String name, String arguments) {}

    /** Where a script waits. */
    enum Hold {
        NONE,
        FIRST,
        USAGE,

        /** The engine itself, for good. */
        HANG
    }

    /** The script in this text if it is a JSON object with a member of a script; else one that echoes the text. */
    static EchoScript of(String text) throws RefusedException {
        Optional<JsonNode> json = parse(text);
        if (json.isEmpty()) {
            return new EchoScript("", text, Optional.empty(), Optional.empty(), 0, Hold.NONE);
        }
        return read(json.get());
    }

    private static Optional<JsonNode> parse(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(text);
            return json.isObject() && json.propertyNames().stream().anyMatch(MEMBERS::contains)
                    ? Optional.of(json)
                    : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static EchoScript read(JsonNode json) throws RefusedException {
        for (String member : json.propertyNames()) {
            require(MEMBERS.contains(member), "has a member " + member + " that no script has");
        }
        return new EchoScript(
                text(json, "reasoning"), text(json, "content"), tool(json), cuts(json), pace(json), hold(json));
    }

    private static String text(JsonNode json, String member) throws RefusedException {
        JsonNode value = json.path(member);
        require(value.isMissingNode() || value.isString(), member + " must be a string");
        return value.asString("");
    }

    private static Optional<Tool> tool(JsonNode json) throws RefusedException {
        JsonNode tool = json.path("tool");
        if (tool.isMissingNode()) {
            return Optional.empty();
        }
        require(tool.isObject() && tool.path("name").isString(), "tool must be an object with a name");
        return Optional.of(new Tool(text(tool, "name"), text(tool, "arguments")));
    }

    private static Optional<List<Integer>> cuts(JsonNode json) throws RefusedException {
        JsonNode cut = json.path("cut");
        if (cut.isMissingNode()) {
            return Optional.empty();
        }
        require(cut.isArray(), "cut must be a list of byte offsets");
        List<Integer> offsets = new ArrayList<>();
        int last = 0;
        for (JsonNode offset : cut) {
            require(offset.canConvertToInt() && offset.asInt() > last, "cut must be ascending whole numbers above 0");
            last = offset.asInt();
            offsets.add(last);
        }
        return Optional.of(offsets);
    }

    private static long pace(JsonNode json) throws RefusedException {
        JsonNode pace = json.path("paceMs");
        boolean sane = pace.isMissingNode()
                || (pace.canConvertToLong() && pace.asLong() >= 0 && pace.asLong() <= SLOWEST_PACE_MS);
        require(sane, "paceMs must be a whole number from 0 to " + SLOWEST_PACE_MS);
        return pace.asLong(0);
    }

    private static Hold hold(JsonNode json) throws RefusedException {
        return switch (text(json, "pauseBefore")) {
            case "" -> Hold.NONE;
            case "first" -> Hold.FIRST;
            case "usage" -> Hold.USAGE;
            case "hang" -> Hold.HANG;
            default -> throw refused("pauseBefore must be first, usage or hang");
        };
    }

    private static void require(boolean sane, String wrong) throws RefusedException {
        if (!sane) {
            throw refused(wrong);
        }
    }

    private static RefusedException refused(String wrong) {
        return new RefusedException(
                Kind.CALLER,
                "invalid_value",
                "messages",
                "The script in the last user message is wrong: " + wrong + ".");
    }
}
