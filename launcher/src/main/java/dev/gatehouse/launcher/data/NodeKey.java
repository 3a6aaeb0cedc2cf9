package dev.gatehouse.launcher.data;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** The key of one node: HKDF-SHA-256 (RFC 5869) of the join secret, as {@code docs/node-protocol.md} says. */
final class NodeKey {
    private static final int LENGTH = 32;

    private NodeKey() {}

    /** Base64 of the key of node {@code name}; {@code join} is base64 of the join secret. */
    static String derive(String join, String name) {
        byte[] info = ("gatehouse node " + name).getBytes(StandardCharsets.UTF_8);
        HKDFParameterSpec derivation = HKDFParameterSpec.ofExtract()
                .addIKM(Base64.getDecoder().decode(join))
                .thenExpand(info, LENGTH);
        try {
            return Base64.getEncoder()
                    .encodeToString(KDF.getInstance("HKDF-SHA256").deriveData(derivation));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no HKDF-SHA256", missing);
        }
    }
}
