package dev.gatehouse.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * An API key's secret: {@code gh_live_}, 32 random base62 digits, and the CRC-32 of these as 6 base62 digits, so that a mistyped or a
 * truncated key, or a stray one in a repository, is told from a whole one without a look-up. Never prints itself.
 */
public final class ApiKey {

    static final String PREFIX = "gh_live_";
    static final int LENGTH = 46;

    private static final int RANDOM_DIGITS = 32;
    private static final int CHECKSUM_DIGITS = 6;
    private static final int CHECKSUM_AT = PREFIX.length() + RANDOM_DIGITS;
    private static final int SHOWN = PREFIX.length() + 4;

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    static ApiKey random(SecureRandom random) {
        StringBuilder digits = new StringBuilder(RANDOM_DIGITS);
        random.ints(RANDOM_DIGITS, 0, Base62.RADIX).forEach(value -> digits.append(Base62.digit(value)));
        return new ApiKey(PREFIX + digits + checksum(digits.toString()));
    }

    /** The key, unless its form or its checksum is wrong. */
    static Optional<ApiKey> parse(String text) {
        boolean whole = text.length() == LENGTH && text.startsWith(PREFIX) && digitsOnly(text);
        return whole && text.endsWith(checksum(text.substring(PREFIX.length(), CHECKSUM_AT)))
                ? Optional.of(new ApiKey(text))
                : Optional.empty();
    }

    /** The whole key, as the caller sends it. */
    public String secret() {
        return secret;
    }

    /** Its first characters, by which people recognise it; says nothing of use about the rest. */
    public String prefix() {
        return secret.substring(0, SHOWN);
    }

    byte[] bytes() {
        return secret.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return prefix() + "…";
    }

    private static boolean digitsOnly(String text) {
        return text.chars().skip(PREFIX.length()).allMatch(Base62::isDigit);
    }

    private static String checksum(String digits) {
        CRC32 crc = new CRC32();
        crc.update(digits.getBytes(StandardCharsets.US_ASCII));
        return Base62.encode(crc.getValue(), CHECKSUM_DIGITS);
    }
}
