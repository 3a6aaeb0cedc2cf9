package dev.gatehouse.gateway.anthropic;

import static dev.gatehouse.gateway.dialect.RequestBody.expect;
import static dev.gatehouse.gateway.dialect.RequestBody.invalid;
import static dev.gatehouse.gateway.dialect.RequestBody.require;

import dev.gatehouse.gateway.dialect.RequestBody;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonToken;

/** Reads which tools there are, and which of them are to be used. */
final class ToolReader {

    private static final Set<String> CHOICES = Set.of("auto", "any", "tool", "none");

    private ToolReader() {}

    static void tools(RequestBody json) {
        if (!json.isNull()) {
            json.array("tools", index -> tool(json, "tools." + index));
        }
    }

    private static void tool(RequestBody json, String path) {
        Set<String> seen = new HashSet<>();
        json.object(path, name -> {
            seen.add(name);
            switch (name) {
                case "type" -> type(json, path + ".type");
                case "name", "description" -> json.string(path + "." + name);
                case "strict" -> json.flag(path + ".strict");
                case "input_schema" -> {
                    expect(json.token() == JsonToken.START_OBJECT, path + ".input_schema", "an object");
                    json.value();
                }
                default -> json.value();
            }
        });
        require(seen.contains("name"), path + ".name");
        require(seen.contains("input_schema"), path + ".input_schema");
    }

    private static void type(RequestBody json, String path) {
        if (!json.isNull() && !json.string(path).equals("custom")) {
            throw MessageReader.refused(
                    path,
                    "'" + path + "' names a tool that Anthropic defines, and no model here knows it. Define it"
                            + " yourself: type custom, with a name, a description and an input_schema.");
        }
    }

    static void choice(RequestBody json) {
        if (json.isNull()) {
            return;
        }
        StringBuilder type = new StringBuilder();
        StringBuilder tool = new StringBuilder();
        json.object("tool_choice", name -> {
            switch (name) {
                case "type" -> type.append(json.string("tool_choice.type"));
                case "name" -> tool.append(json.string("tool_choice.name"));
                case "disable_parallel_tool_use" -> json.flag("tool_choice.disable_parallel_tool_use");
                default -> json.value();
            }
        });
        require(!type.isEmpty(), "tool_choice.type");
        if (!CHOICES.contains(type.toString())) {
            throw invalid("tool_choice.type", "'tool_choice.type' is auto, any, tool or none.");
        }
        require(!type.toString().equals("tool") || !tool.isEmpty(), "tool_choice.name");
    }
}
