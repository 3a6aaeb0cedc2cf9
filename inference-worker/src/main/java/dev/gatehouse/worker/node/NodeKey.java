package dev.gatehouse.worker.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The secret that this node shares with the gateways: it checks tickets with it and signs its registrations. */
public final class NodeKey {

    private static final int BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final SecretKey key;

    /** @param bytes 32 of them */
    public NodeKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a node's key has " + BYTES + " bytes, not " + bytes.length);
        }
        this.key = new SecretKeySpec(bytes, HMAC);
    }

    /**
     * Reads the file {@code node-key} of a directory: 32 bytes in base64.
     *
     * @throws NodeKeyException it is missing or malformed
     */
    public static NodeKey read(Path secretsDirectory) {
        Path file = secretsDirectory.resolve("node-key");
        try {
            return new NodeKey(Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new NodeKeyException("The node's key " + file + " can not be read ("
                    + e.getClass().getSimpleName()
                    + "). Put the key there that the gateway's join secret gives for this node's name.");
        } catch (IllegalArgumentException e) {
            throw new NodeKeyException("The node's key " + file + " is not 32 bytes in base64. Write it again.");
        }
    }

    byte[] mac(byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
