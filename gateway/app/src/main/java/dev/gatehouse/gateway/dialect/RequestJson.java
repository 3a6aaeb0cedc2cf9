package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** The JSON that strangers send: UTF-8, no member twice, not too deep. */
final class RequestJson {

    /** Deepest nesting accepted. */
    private static final int DEPTH = 64;

    /** Characters decoded at a time. */
    private static final int DECODED = 8192;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(64 << 20)
                    .build())
            .build();

    private RequestJson() {}

    /** @throws Fault when the body is not such JSON, or when the reader says so */
    static void parse(byte[] body, Consumer<JsonParser> reader) {
        requireUtf8(body);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            reader.accept(parser);
        } catch (StreamConstraintsException tooMuch) {
            throw new Fault(Problem.of(
                    Code.INVALID_JSON,
                    "The body is nested deeper than " + DEPTH + " levels or has an oversized number. Flatten it."));
        } catch (JacksonException malformed) {
            throw new Fault(Problem.of(Code.INVALID_JSON, "The body is not valid JSON" + position(malformed) + "."));
        }
    }

    private static void requireUtf8(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer out = CharBuffer.allocate(Math.min(body.length, DECODED) + 1);
        CoderResult result;
        do {
            result = decoder.decode(in, out.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new Fault(Problem.of(Code.INVALID_JSON, "The body is not valid UTF-8. Encode it as UTF-8."));
        }
    }

    private static String position(JacksonException malformed) {
        return malformed.getLocation() == null || malformed.getLocation().getLineNr() < 0
                ? ""
                : ": look at line " + malformed.getLocation().getLineNr() + ", column "
                        + malformed.getLocation().getColumnNr();
    }
}
