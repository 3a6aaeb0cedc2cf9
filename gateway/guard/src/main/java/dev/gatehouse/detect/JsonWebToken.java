package dev.gatehouse.detect;

import java.util.function.Consumer;

/**
 * A signed JSON Web Token (RFC 7519): two JSON objects in base64url with a point between, and a point and a signature. What begins like
 * one object is not held for longer than {@value #HEADER} characters.
 */
final class JsonWebToken extends Tail {

    /** How an object, {@code {"}, begins in base64url. */
    static final String PREFIX = "eyJ";

    private static final int HEADER = 1024;
    private static final int LEAST_HEADER = 12;
    private static final int LEAST_PAYLOAD = 8;

    private int parts;
    private int length;

    JsonWebToken(long at, Consumer<Finding> findings) {
        super(Kind.SECRETS, at, findings);
    }

    @Override
    Place next(int c) {
        if (c == '.') {
            return point();
        }
        if (!Alphabet.BASE64_URL.has(c)) {
            return Place.AFTER;
        }
        length++;
        return switch (parts) {
            case 0 -> length <= HEADER ? Place.PERHAPS : Place.AFTER;
            case 1 -> payload(c);
            default -> Place.WITHIN;
        };
    }

    private Place payload(int c) {
        if (length <= PREFIX.length() && c != PREFIX.charAt(length - 1)) {
            return Place.AFTER;
        }
        return length < PREFIX.length() + LEAST_PAYLOAD ? Place.PERHAPS : within();
    }

    private Place within() {
        length = PREFIX.length() + LEAST_PAYLOAD;
        return Place.WITHIN;
    }

    private Place point() {
        boolean ends = parts == 0 ? length >= LEAST_HEADER : parts == 1 && length >= PREFIX.length() + LEAST_PAYLOAD;
        if (!ends) {
            return Place.AFTER;
        }
        parts++;
        length = 0;
        return Place.PERHAPS;
    }
}
