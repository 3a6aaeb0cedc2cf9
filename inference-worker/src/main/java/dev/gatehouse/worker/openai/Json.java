package dev.gatehouse.worker.openai;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON strictly: valid UTF-8, no member twice, nothing after the object, at most 64 levels deep and 262,144 tokens
 * long. A token is a bracket, a name or a value; a message of a chat has six or more, and a tree takes up to 100 bytes for
 * each.
 */
public final class Json {

    public static final int DEEPEST = 64;

    static final int MOST_TOKENS = 262_144;

    private static final int LONGEST = 32 * 1024 * 1024;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** @throws ApiException 400 with the code {@code invalid_json}, {@code invalid_utf8}, {@code json_too_deep} or {@code json_too_long} */
    public static JsonNode object(byte[] body) throws ApiException {
        requireUtf8(body);
        JsonNode json = parse(body);
        if (!json.isObject()) {
            throw refused("invalid_json", "The body must be a JSON object.");
        }
        return json;
    }

    private static JsonNode parse(byte[] body) throws ApiException {
        try {
            return MAPPER.readTree(body);
        } catch (StreamConstraintsException e) {
            throw beyondBounds(e.getOriginalMessage());
        } catch (JacksonException e) {
            throw refused("invalid_json", "The body is not valid JSON" + place(e) + ": " + reason(e) + ".");
        }
    }

    private static ApiException beyondBounds(String message) {
        if (message.contains("nesting depth")) {
            return refused("json_too_deep", "The body is nested deeper than " + DEEPEST + " levels. Flatten it.");
        }
        if (message.startsWith("Token count")) {
            return refused(
                    "json_too_long",
                    "The body has more than " + MOST_TOKENS
                            + " brackets, names and values. Send fewer messages, parts or tools.");
        }
        return refused("invalid_json", "A number or a name in the body is too long. Shorten it.");
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    /** Jackson's texts quote the input and name its classes; only what they are about is told. */
    private static String reason(JacksonException e) {
        String text = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        if (text.startsWith("Duplicate")) {
            return "a member comes twice";
        }
        if (text.startsWith("Unexpected end-of-input") || text.startsWith("No content")) {
            return "it ends too early";
        }
        return text.startsWith("Trailing token") ? "something follows the object" : "unexpected character";
    }

    private static void requireUtf8(byte[] body) throws ApiException {
        if (looksWide(body) || !isUtf8(body)) {
            throw refused("invalid_utf8", "The body must be JSON in UTF-8, without a byte order mark.");
        }
    }

    /** From a zero byte or a byte order mark at the start the parser would guess UTF-16 or UTF-32. */
    private static boolean looksWide(byte[] body) {
        boolean wide = body.length > 0 && (body[0] & 0xFF) == 0xEF;
        for (int i = 0; i < Math.min(4, body.length); i++) {
            wide |= body[i] == 0;
        }
        return wide;
    }

    private static boolean isUtf8(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer out = CharBuffer.allocate(Math.min(body.length + 1, 8192));
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(in, out.clear(), true);
        }
        return !result.isError();
    }

    private static ApiException refused(String code, String message) {
        return new ApiException(ApiError.caller(400, code, "", message));
    }
}
