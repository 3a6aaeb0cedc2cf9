package dev.gatehouse.worker.openai;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which JSON schemas a grammar can hold an answer to: a keyword that it would leave out is refused. */
final class SchemaRules {

    /** Keywords that say nothing about which documents are valid. */
    private static final Set<String> NOTES = Set.of(
            "title",
            "description",
            "default",
            "example",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "$comment",
            "$schema",
            "$id",
            "$defs",
            "definitions");

    private static final Set<String> FORMATS = Set.of("date", "time", "date-time", "uuid");
    private static final Set<String> LENGTHS = Set.of("minLength", "maxLength");
    /** A grammar with more of one thing is refused by its parser, or taken for one without a bound. */
    static final int MOST_REPETITIONS = 1000;

    private final JsonNode root;

    private SchemaRules(JsonNode root) {
        this.root = root;
    }

    /** @throws ApiException 400; its param is the keyword that the grammar can not hold */
    static void check(Member schema) throws ApiException {
        new SchemaRules(schema.value()).schema(schema);
    }

    private void schema(Member schema) throws ApiException {
        schema.object();
        each(schema.at("$defs"));
        each(schema.at("definitions"));
        if (schema.has("$ref")) {
            only(schema, Set.of("$ref"));
            reference(schema.at("$ref"));
        } else if (schema.has("anyOf")) {
            only(schema, Set.of("anyOf"));
            for (Member alternative : schema.at("anyOf").elements()) {
                schema(alternative);
            }
        } else if (schema.has("enum") || schema.has("const")) {
            only(schema, Set.of("type", schema.has("enum") ? "enum" : "const"));
            values(schema);
        } else {
            typed(schema);
        }
    }

    private void each(Member named) throws ApiException {
        if (!named.absent()) {
            for (String name : named.object().value().propertyNames()) {
                schema(named.at(name));
            }
        }
    }

    private void reference(Member reference) throws ApiException {
        String text = reference.string();
        if (!text.startsWith("#/")) {
            throw reference.wrong("unsupported_value", "must point into this schema: begin it with #/");
        }
        JsonNode target = root;
        for (String step : text.substring(2).split("/", -1)) {
            target = target.isArray() && step.matches("\\d{1,9}")
                    ? target.path(Integer.parseInt(step))
                    : target.path(step);
        }
        if (!target.isObject()) {
            throw reference.wrong("invalid_value", "points at no schema");
        }
    }

    private static void values(Member schema) throws ApiException {
        List<String> types = types(schema);
        List<Member> values = schema.has("const")
                ? List.of(schema.at("const"))
                : schema.at("enum").elements();
        if (values.isEmpty()) {
            throw schema.at("enum").wrong("invalid_value", "must have at least one value");
        }
        for (Member value : values) {
            if (!types.isEmpty() && types.stream().noneMatch(type -> isOf(value.value(), type))) {
                throw value.wrong("invalid_value", "is not of the schema's type " + String.join(" or ", types));
            }
        }
    }

    private void typed(Member schema) throws ApiException {
        List<String> types = types(schema);
        Set<String> allowed = new HashSet<>(Set.of("type"));
        for (String type : types) {
            allowed.addAll(keywords(schema, type));
        }
        only(schema, allowed);
        for (String type : types) {
            switch (type) {
                case "object" -> members(schema);
                case "array" -> elements(schema);
                case "string" -> text(schema);
                case "integer" -> bounds(schema);
                default -> {}
            }
        }
    }

    /** Those named; a schema without a type that describes members or elements is of their type. */
    private static List<String> types(Member schema) throws ApiException {
        Member type = schema.at("type");
        if (type.absent()) {
            return schema.has("properties") || schema.has("additionalProperties")
                    ? List.of("object")
                    : schema.has("items") ? List.of("array") : List.of();
        }
        List<String> types = new ArrayList<>();
        for (Member one : type.isString() ? List.of(type) : type.elements()) {
            types.add(one.string());
        }
        return types;
    }

    private static Set<String> keywords(Member schema, String type) throws ApiException {
        return switch (type) {
            case "object" -> Set.of("properties", "required", "additionalProperties");
            case "array" -> Set.of("items", "minItems", "maxItems");
            case "string" ->
                schema.has("pattern") ? Set.of("pattern") : schema.has("format") ? Set.of("format") : LENGTHS;
            case "integer" -> Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");
            case "number", "boolean", "null" -> Set.of();
            default ->
                throw schema.at("type")
                        .wrong("invalid_value", "must be object, array, string, integer, number, boolean or null");
        };
    }

    private void members(Member schema) throws ApiException {
        each(schema.at("properties"));
        Member others = schema.at("additionalProperties");
        if (!others.absent() && !others.value().isBoolean()) {
            schema(others);
        }
        Member required = schema.at("required");
        if (!required.absent()) {
            for (Member name : required.elements()) {
                if (!schema.at("properties").has(name.string())) {
                    throw name.wrong("invalid_value", "names none of the properties. Describe it there");
                }
            }
        }
    }

    private void elements(Member schema) throws ApiException {
        if (schema.has("items")) {
            schema(schema.at("items"));
        } else if (schema.has("minItems") || schema.has("maxItems")) {
            throw schema.at("items").wrong("unsupported_value", "must be there when the number of elements is bounded");
        }
        range(schema.at("minItems"), schema.at("maxItems"));
    }

    private static void text(Member schema) throws ApiException {
        range(schema.at("minLength"), schema.at("maxLength"));
        if (schema.has("pattern")) {
            PatternRules.check(schema.at("pattern"));
        }
        Member format = schema.at("format");
        if (!format.absent() && !FORMATS.contains(format.string())) {
            throw format.wrong(
                    "unsupported_value", "must be date, time, date-time or uuid. Remove it, or use a pattern");
        }
    }

    private static void range(Member least, Member most) throws ApiException {
        int from = least.integer(0, MOST_REPETITIONS).orElse(0);
        if (most.integer(0, MOST_REPETITIONS).orElse(MOST_REPETITIONS) < from) {
            throw most.wrong("invalid_value", "is less than the least");
        }
    }

    private static void bounds(Member schema) throws ApiException {
        bound(schema.at("minimum"), schema.at("exclusiveMinimum"));
        bound(schema.at("maximum"), schema.at("exclusiveMaximum"));
    }

    private static void bound(Member including, Member excluding) throws ApiException {
        if (including.integer64().isPresent() && excluding.integer64().isPresent()) {
            throw excluding.wrong("unsupported_value", "can not stand beside the bound that is included. Remove one");
        }
    }

    private static boolean isOf(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static void only(Member schema, Set<String> allowed) throws ApiException {
        for (String keyword : schema.value().propertyNames()) {
            if (!allowed.contains(keyword) && !NOTES.contains(keyword)) {
                throw schema.at(keyword).wrong("unsupported_value", "is not supported " + instead(keyword, allowed));
            }
        }
    }

    private static String instead(String keyword, Set<String> allowed) {
        return switch (keyword) {
            case "oneOf" -> "here. Use anyOf";
            case "allOf" -> "here. Merge the schemas";
            default ->
                allowed.equals(Set.of("type"))
                        ? "for a value of this type. Remove it"
                        : "beside "
                                + String.join(", ", allowed.stream().sorted().toList()) + ". Remove it";
        };
    }
}
