package dev.gatehouse.launcher.data;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** API keys: {@code gh_live_}, 32 random base62 characters, and 6 more that hold their CRC-32. */
final class ApiKey {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_CHARACTERS = 32;
    private static final int CHECKSUM_CHARACTERS = 6;

    private ApiKey() {}

    static String generate(SecureRandom random) {
        String body = IntStream.range(0, RANDOM_CHARACTERS)
                .mapToObj(i -> String.valueOf(DIGITS.charAt(random.nextInt(DIGITS.length()))))
                .collect(Collectors.joining());
        return withChecksum(body);
    }

    /** The whole key for its random part. */
    static String withChecksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return "gh_live_" + body + base62(crc.getValue());
    }

    private static String base62(long value) {
        StringBuilder digits = new StringBuilder();
        for (long rest = value; digits.length() < CHECKSUM_CHARACTERS; rest /= DIGITS.length()) {
            digits.append(DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return digits.reverse().toString();
    }
}
