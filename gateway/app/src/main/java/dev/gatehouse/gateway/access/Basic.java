package dev.gatehouse.gateway.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A name and a password as HTTP Basic carries them (RFC 7617). Never prints the password. */
record Basic(String name, String password) {

    private static final String SCHEME = "basic ";

    /** What an Authorization header holds; empty when that is anything else. */
    static Optional<Basic> read(String header) {
        String value = header.strip();
        return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? decoded(value.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private static Optional<Basic> decoded(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
