package dev.gatehouse.detect;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * One of our own API keys: 32 base62 digits and their CRC-32 as six more, whatever stands before and after. The beginning cannot come
 * again within it.
 */
final class GatewayKey extends Tail {

    static final String PREFIX = "gh_live_";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM = 32;
    private static final int CHECKED = RANDOM + 6;

    private final byte[] digits = new byte[CHECKED];
    private int length;

    GatewayKey(long at, Consumer<Finding> findings) {
        super(Kind.GATEWAY_KEYS, at, findings);
    }

    @Override
    Place next(int c) {
        if (length == CHECKED || !Alphabet.BASE62.has(c)) {
            return Place.AFTER;
        }
        digits[length++] = (byte) c;
        if (length < CHECKED) {
            return Place.PERHAPS;
        }
        return checks() ? Place.WITHIN : Place.AFTER;
    }

    private boolean checks() {
        CRC32 crc = new CRC32();
        crc.update(digits, 0, RANDOM);
        long left = crc.getValue();
        byte[] expected = DIGITS.getBytes(StandardCharsets.US_ASCII);
        for (int i = CHECKED - 1; i >= RANDOM; i--, left /= expected.length) {
            if (digits[i] != expected[(int) (left % expected.length)]) {
                return false;
            }
        }
        return true;
    }
}
