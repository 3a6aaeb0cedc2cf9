package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * 256 random bits that only their holder knows: the secret of a session's cookie, or of a link to sign in with. Only digests of them are stored.
 *
 * @param text in base64url
 */
public record Token(String text) {

    private static final int BYTES = 32;
    private static final int LENGTH = 43;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Token random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What a client presents; empty when it cannot be one of ours. */
    public static Optional<Token> presented(String text) {
        return text.length() == LENGTH ? Optional.of(new Token(text)) : Optional.empty();
    }

    /** What is stored of it. */
    byte[] digest() {
        return Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "a token";
    }
}
