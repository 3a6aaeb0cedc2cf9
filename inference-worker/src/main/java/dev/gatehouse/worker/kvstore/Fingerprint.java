package dev.gatehouse.worker.kvstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What a block's bytes depend on besides tokens: weights, types, layout and build. Blocks under different fingerprints never meet.
 *
 * @param digest SHA-256, lower-case hex
 */
public record Fingerprint(BlockKey digest) {

    /** Of these facts in this order. */
    public static Fingerprint of(String... facts) {
        MessageDigest sha256 = Sha256.fresh();
        for (String fact : facts) {
            byte[] text = fact.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
            sha256.update(text);
        }
        return new Fingerprint(BlockKey.of(sha256.digest()));
    }
}
