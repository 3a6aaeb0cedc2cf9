package dev.gatehouse.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that every key is digested under, kept outside the database, so that a stolen database cannot be searched for a key. Keys have 190
 * random bits: a slow hash would add nothing to that and would let a flood of keys cost what a flood of log-ins costs.
 */
final class Pepper {

    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    /** No key begins like this, so that a fingerprint is never a key's digest. */
    private static final byte[] FINGERPRINT = "fingerprint of a pepper".getBytes(StandardCharsets.US_ASCII);

    private final int version;
    private final Mac prototype;

    Pepper(int version, byte[] secret) {
        this.version = version;
        this.prototype = mac(secret);
    }

    /** Reads the content of the file {@code pepper.N}: base64 of 32 bytes. */
    static Pepper read(int version, String content) {
        return new Pepper(version, decode(version, content.strip()));
    }

    int version() {
        return version;
    }

    KeyDigest digest(ApiKey key) {
        return digest(key.bytes());
    }

    /** Tells peppers apart without giving them away. */
    KeyDigest fingerprint() {
        return digest(FINGERPRINT);
    }

    private KeyDigest digest(byte[] text) {
        try {
            return new KeyDigest(((Mac) prototype.clone()).doFinal(text));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's " + ALGORITHM + " can be cloned", e);
        }
    }

    private static Mac mac(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] decode(int version, String content) {
        byte[] secret = decoded(content);
        if (secret.length != BYTES) {
            throw new IllegalStateException("the secret file pepper." + version + " must hold the base64 of " + BYTES
                    + " random bytes: put back the file that was there");
        }
        return secret;
    }

    private static byte[] decoded(String content) {
        try {
            return Base64.getDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
