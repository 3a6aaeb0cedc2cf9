package dev.gatehouse.gateway.guard;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Where in a JSON document a byte is. Reads the document again, so that no pointers need be kept of those that nobody asks about. */
final class PointerAt {

    /** Without limits of its own: the document has been read before. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private PointerAt() {}

    /**
     * The JSON Pointer (RFC 6901) of a string or number; of the member for a member's name.
     *
     * @param body a JSON document in UTF-8
     * @param offset of any byte of the string, between its quotation marks, or of the number
     * @throws IllegalArgumentException when there is neither
     */
    static String of(byte[] body, int offset) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            JsonToken token = parser.nextToken();
            while (token != null && start(parser, token) <= offset) {
                if (offset < end(body, parser, token)) {
                    return parser.streamReadContext().pathAsPointer().toString();
                }
                token = parser.nextToken();
            }
            throw new IllegalArgumentException("no string or number at byte " + offset);
        }
    }

    private static boolean isString(JsonToken token) {
        return token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME;
    }

    /** The first byte of a token; of a string the one after the quotation mark. */
    private static int start(JsonParser parser, JsonToken token) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        return isString(token) ? from + 1 : from;
    }

    /** One past the last byte of a string or number; the start of anything else. */
    private static int end(byte[] body, JsonParser parser, JsonToken token) {
        int from = start(parser, token);
        if (isString(token)) {
            return closingQuote(body, from);
        }
        return token.isNumeric() ? from + parser.getStringLength() : from;
    }

    private static int closingQuote(byte[] body, int from) {
        int at = from;
        while (body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return at;
    }
}
