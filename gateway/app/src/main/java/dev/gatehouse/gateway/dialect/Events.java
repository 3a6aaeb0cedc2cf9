package dev.gatehouse.gateway.dialect;

import java.nio.charset.StandardCharsets;

/** The fixed bytes of a stream of server-sent events. */
public final class Events {

    private static final byte[] DATA = ascii("data: ");
    private static final byte[] END = ascii("\n\n");

    private Events() {}

    /** Begins an event without a name. */
    public static byte[] data() {
        return DATA;
    }

    /** Ends an event. */
    public static byte[] end() {
        return END;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
