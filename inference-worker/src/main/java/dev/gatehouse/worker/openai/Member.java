package dev.gatehouse.worker.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * A value of the request with its path, which the errors name. JSON null is the same as no member.
 *
 * @param path as in {@code messages[0].content}
 */
record Member(String path, JsonNode value) {

    Member at(String name) {
        return new Member(path.isEmpty() ? name : path + "." + name, value.path(name));
    }

    /** There is such a member, null or not. */
    boolean has(String name) {
        return value.has(name);
    }

    boolean absent() {
        return value.isMissingNode() || value.isNull();
    }

    boolean isString() {
        return value.isString();
    }

    List<Member> elements() throws ApiException {
        require(value.isArray(), "a list");
        List<Member> elements = new ArrayList<>();
        for (JsonNode element : value) {
            elements.add(new Member(path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    Member object() throws ApiException {
        require(value.isObject(), "an object");
        return this;
    }

    String string() throws ApiException {
        require(value.isString(), "a string");
        String text = value.stringValue();
        if (hasLoneSurrogate(text)) {
            throw wrong("invalid_value", "has half of a surrogate pair (\\ud800 to \\udfff). Send whole characters");
        }
        return text;
    }

    /** {@code otherwise} if it is absent. */
    boolean bool(boolean otherwise) throws ApiException {
        if (absent()) {
            return otherwise;
        }
        require(value.isBoolean(), "true or false");
        return value.booleanValue();
    }

    OptionalDouble number(double least, double most) throws ApiException {
        if (absent()) {
            return OptionalDouble.empty();
        }
        require(value.isNumber(), "a number");
        double number = value.doubleValue();
        if (!(number >= least && number <= most)) {
            throw outOfRange(plain(least), plain(most));
        }
        return OptionalDouble.of(number);
    }

    OptionalInt integer(int least, int most) throws ApiException {
        if (absent()) {
            return OptionalInt.empty();
        }
        require(value.isIntegralNumber(), "a whole number");
        if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
            throw outOfRange(Integer.toString(least), Integer.toString(most));
        }
        return OptionalInt.of(value.intValue());
    }

    OptionalLong integer64() throws ApiException {
        if (absent()) {
            return OptionalLong.empty();
        }
        require(value.isIntegralNumber(), "a whole number");
        if (!value.canConvertToLong()) {
            throw outOfRange(Long.toString(Long.MIN_VALUE), Long.toString(Long.MAX_VALUE));
        }
        return OptionalLong.of(value.longValue());
    }

    void require(boolean sane, String what) throws ApiException {
        if (value.isMissingNode()) {
            throw wrong("missing_required_parameter", "is missing. It must be " + what);
        }
        if (!sane) {
            throw wrong("invalid_type", "must be " + what + ", not " + kind());
        }
    }

    ApiException wrong(String code, String what) {
        return new ApiException(ApiError.caller(400, code, path, path + " " + what + "."));
    }

    private ApiException outOfRange(String least, String most) {
        return wrong("invalid_value", "must be from " + least + " to " + most);
    }

    private String kind() {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a string";
            case BOOLEAN -> "true or false";
            case NUMBER -> value.isIntegralNumber() ? "a whole number" : "a fraction";
            case NULL, MISSING -> "null";
        };
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
