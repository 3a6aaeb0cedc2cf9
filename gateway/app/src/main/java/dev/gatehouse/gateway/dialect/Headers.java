package dev.gatehouse.gateway.dialect;

import io.netty.util.AsciiString;
import java.time.Duration;

/** Header names and values that dialects share. */
public final class Headers {

    public static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");

    private Headers() {}

    /** Whole seconds, rounded up, at least 1: a client that waits this long is not too early. */
    static String seconds(Duration after) {
        return Long.toString(Math.max(1, after.plusNanos(999_999_999).toSeconds()));
    }
}
