package dev.gatehouse.gateway.vocabulary;

import java.time.Duration;
import java.util.Optional;

/**
 * Something that went wrong, in words for the client.
 *
 * @param message what happened and what to change
 * @param param the request's member that is wrong
 * @param retryAfter when it is worth trying again
 */
public record Problem(Code code, String message, Optional<String> param, Optional<Duration> retryAfter) {

    public static Problem of(Code code, String message) {
        return new Problem(code, message, Optional.empty(), Optional.empty());
    }

    public static Problem at(Code code, String param, String message) {
        return new Problem(code, message, Optional.of(param), Optional.empty());
    }

    public static Problem later(Code code, Duration retryAfter, String message) {
        return new Problem(code, message, Optional.empty(), Optional.of(retryAfter));
    }
}
