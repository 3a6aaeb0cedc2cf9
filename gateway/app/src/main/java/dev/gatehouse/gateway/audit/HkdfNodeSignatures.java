package dev.gatehouse.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Signs under keys that HKDF (RFC 5869) derives from the join secrets: the newest secret signs, all verify. */
final class HkdfNodeSignatures implements NodeSignatures {

    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    /** Anybody may ask to verify for any name, so keys are kept for so many only. */
    private static final int NODES = 1_000;

    private final JoinSecrets secrets;

    /** Initialised and never fed: a copy is cheaper than the set-up, and copying is safe for threads. */
    private final Cache<NodeName, List<Mac>> macs =
            Caffeine.newBuilder().maximumSize(NODES).build();

    HkdfNodeSignatures(JoinSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public byte[] sign(NodeName node, byte[] claims) {
        return mac(macs(node).getFirst(), claims);
    }

    @Override
    public boolean verify(NodeName node, byte[] claims, byte[] mac) {
        boolean made = false;
        for (Mac fresh : macs(node)) {
            made |= MessageDigest.isEqual(mac(fresh, claims), mac);
        }
        return made;
    }

    /** HKDF-SHA-256 with an empty salt. */
    static byte[] derive(byte[] secret, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info, length));
    }

    private List<Mac> macs(NodeName node) {
        return macs.get(
                node,
                name -> secrets.newestFirst().stream()
                        .map(secret -> keyed(secret, name))
                        .toList());
    }

    private static Mac keyed(byte[] secret, NodeName node) {
        try {
            byte[] info = ("gatehouse node " + node.value()).getBytes(UTF_8);
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(derive(secret, info, KEY_BYTES), MAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK 25 has HKDF-SHA256 and " + MAC, e);
        }
    }

    private static byte[] mac(Mac fresh, byte[] claims) {
        try {
            return ((Mac) fresh.clone()).doFinal(claims);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's " + MAC + " can be copied", e);
        }
    }
}
