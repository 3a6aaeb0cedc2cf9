package dev.gatehouse.worker.openai;

import java.util.HashSet;
import java.util.Set;

/** Which tools, tool choices and response formats are accepted. */
final class ToolRules {

    private ToolRules() {}

    static void check(Member root) throws ApiException {
        Set<String> names = new HashSet<>();
        if (!root.at("tools").absent()) {
            for (Member tool : root.at("tools").elements()) {
                names.add(checkTool(tool.object()));
            }
        }
        checkChoice(root.at("tool_choice"), names);
        root.at("parallel_tool_calls").bool(true);
        checkFormat(root.at("response_format"));
        checkTogether(root, names);
        if (!root.at("chat_template_kwargs").absent()) {
            root.at("chat_template_kwargs").object();
        }
    }

    private static String checkTool(Member tool) throws ApiException {
        requireType(tool.at("type"), "function");
        Member function = tool.at("function").object();
        if (!function.at("description").absent()) {
            function.at("description").string();
        }
        Member parameters = function.at("parameters");
        boolean strict = function.at("strict").bool(false);
        if (!parameters.absent()) {
            parameters.object();
        }
        if (strict && !parameters.absent()) {
            SchemaRules.check(parameters);
        }
        Member name = function.at("name");
        if (!name.string().matches("[A-Za-z0-9_.-]{1,64}")) {
            throw name.wrong("invalid_value", "must be 1 to 64 letters, digits, dots, dashes and underscores");
        }
        return name.string();
    }

    private static void checkChoice(Member choice, Set<String> names) throws ApiException {
        if (choice.absent()) {
            return;
        }
        if (choice.isString()) {
            checkMode(choice, names);
            return;
        }
        choice.require(choice.value().isObject(), "none, auto, required or an object that names a function");
        requireType(choice.at("type"), "function");
        Member name = choice.at("function").object().at("name");
        if (!names.contains(name.string())) {
            throw name.wrong("invalid_value", "names no function of tools");
        }
    }

    private static void checkMode(Member choice, Set<String> names) throws ApiException {
        String mode = choice.string();
        if (!Set.of("none", "auto", "required").contains(mode)) {
            throw choice.wrong("invalid_value", "must be none, auto, required or an object that names a function");
        }
        if (mode.equals("required") && names.isEmpty()) {
            throw choice.wrong("invalid_value", "is required, but there are no tools. Add tools");
        }
    }

    private static void checkFormat(Member format) throws ApiException {
        if (format.absent()) {
            return;
        }
        Member type = format.object().at("type");
        switch (type.string()) {
            case "text", "json_object" -> {}
            case "json_schema" -> {
                Member schema = format.at("json_schema").object();
                schema.at("name").string();
                schema.at("strict").bool(false);
                SchemaRules.check(schema.at("schema").object());
            }
            default -> throw type.wrong("unsupported_value", "must be text, json_object or json_schema");
        }
    }

    /** A grammar of both is more than the engine can make. */
    private static void checkTogether(Member root, Set<String> tools) throws ApiException {
        Member format = root.at("response_format");
        Member choice = root.at("tool_choice");
        boolean json = !format.absent() && !format.at("type").string().equals("text");
        boolean none = choice.isString() && choice.string().equals("none");
        if (json && !tools.isEmpty() && !none) {
            throw format.wrong(
                    "unsupported_value", "can not be held to beside tools. Remove one, or set tool_choice to none");
        }
    }

    private static void requireType(Member type, String only) throws ApiException {
        if (!type.string().equals(only)) {
            throw type.wrong("unsupported_value", "must be " + only);
        }
    }
}
