package dev.gatehouse.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * One answer as it came over the wire.
 *
 * @param events server-sent events, the closing one included
 * @param done whether the last bytes were {@code data: [DONE]} and an empty line
 * @param body the content where it was asked for, else empty
 */
public record Answer(int status, long length, int events, boolean done, byte[] body) {

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
