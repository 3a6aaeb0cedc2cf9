package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.Optional;

/** Reads the Authorization header (RFC 9110, section 11.6.2, and RFC 6750, section 2.1). */
final class Bearer {

    static final Problem MISSING = Problem.of(
            Code.KEY_MISSING, "There is no API key: send one as the header 'Authorization: Bearer gh_live_…'.");
    static final Problem MALFORMED = Problem.of(
            Code.KEY_INVALID,
            "The Authorization header must hold one API key and nothing else: 'Authorization: Bearer gh_live_…'.");
    static final Problem NOT_A_KEY = Problem.of(
            Code.KEY_INVALID,
            "This is not a whole API key: one starts with gh_live_ and has 46 characters. Copy it again from where it was shown.");

    private static final String SCHEME = "bearer";

    private Bearer() {}

    /** What the header holds. */
    sealed interface Presented {

        record Key(ApiKey key) implements Presented {}

        record Refused(Problem why) implements Presented {}
    }

    static Presented read(Optional<String> header) {
        String value = header.orElse("").strip();
        if (value.isEmpty() || value.equalsIgnoreCase(SCHEME)) {
            return new Presented.Refused(MISSING);
        }
        if (!value.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1)) {
            return new Presented.Refused(MALFORMED);
        }
        return key(value.substring(SCHEME.length()).stripLeading());
    }

    private static Presented key(String text) {
        if (text.indexOf(' ') >= 0 || text.indexOf(',') >= 0) {
            return new Presented.Refused(MALFORMED);
        }
        return ApiKey.parse(text).<Presented>map(Presented.Key::new).orElseGet(() -> new Presented.Refused(NOT_A_KEY));
    }
}
