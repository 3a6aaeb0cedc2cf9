package dev.gatehouse.worker.kvstore;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** Whose blocks: the salt is part of their keys, so that nobody else finds them, and the key seals them on disk. Never prints either. */
public final class BlockOwner {

    /** Bytes of a salt, and of a key. */
    public static final int SECRET_BYTES = 32;

    private static final byte[] INFO = "gatehouse kv store 1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] salt;
    private final String name;
    private final Optional<SecretKey> key;

    private BlockOwner(byte[] salt, Optional<SecretKey> key) {
        if (salt.length != SECRET_BYTES) {
            throw new IllegalArgumentException("a salt has " + SECRET_BYTES + " bytes, not " + salt.length);
        }
        this.salt = salt.clone();
        this.name = HexFormat.of().formatHex(Sha256.fresh().digest(salt));
        this.key = key;
    }

    /**
     * @param salt 32 secret bytes
     * @param key 32 secret bytes; what seals blocks is derived from it by HKDF-SHA-256 (RFC 5869)
     */
    public static BlockOwner of(byte[] salt, byte[] key) {
        if (key.length != SECRET_BYTES) {
            throw new IllegalArgumentException("a key has " + SECRET_BYTES + " bytes, not " + key.length);
        }
        return new BlockOwner(salt, Optional.of(sealing(key)));
    }

    /** An owner without a key, whose blocks stay in memory and who is forgotten with this process. */
    public static BlockOwner ofThisProcess() {
        byte[] salt = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(salt);
        return new BlockOwner(salt, Optional.empty());
    }

    /** Tells owners apart and gives nothing away: SHA-256 of the salt, lower-case hex. */
    public String name() {
        return name;
    }

    byte[] salt() {
        return salt;
    }

    Optional<SecretKey> key() {
        return key;
    }

    private static SecretKey sealing(byte[] key) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey("AES", HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(INFO, SECRET_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK 25 has HKDF-SHA256", e);
        }
    }
}
