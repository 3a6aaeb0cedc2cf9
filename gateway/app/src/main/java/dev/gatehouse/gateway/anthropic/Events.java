package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Server-sent events that have their type for a name. */
final class Events {

    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] DATA = ascii("\ndata: ");
    private static final byte[] END = ascii("\n\n");

    private Events() {}

    static byte[] of(String type, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 64);
        write(out, type, data);
        return out.toByteArray();
    }

    /** Writes the event whose data is an object with its type and these members. */
    static void write(ByteArrayOutputStream out, String type, Consumer<JsonGenerator> members) {
        write(out, type, Json.object(json -> {
            json.writeStringProperty("type", type);
            members.accept(json);
        }));
    }

    private static void write(ByteArrayOutputStream out, String type, byte[] data) {
        out.writeBytes(EVENT);
        out.writeBytes(ascii(type));
        out.writeBytes(DATA);
        out.writeBytes(data);
        out.writeBytes(END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
