package dev.gatehouse.gateway.openai;

import java.nio.charset.StandardCharsets;

/** The fixed bytes of a stream of server-sent events. */
final class Events {

    static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private Events() {}
}
