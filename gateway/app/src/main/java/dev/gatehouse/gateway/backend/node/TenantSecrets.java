package dev.gatehouse.gateway.backend.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a node needs to keep a tenant's prompts apart from others' and sealed: two secrets of each tenant, which HKDF-SHA-256
 * (RFC 5869) derives from the key-encryption key. Kept in memory only, and never printed.
 */
final class TenantSecrets {

    private static final int BYTES = 32;
    private static final int TENANTS = 10_000;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecretKey keyEncryptionKey;
    private final Cache<TenantId, String> claims =
            Caffeine.newBuilder().maximumSize(TENANTS).build();

    /** @param keyEncryptionKey 32 bytes */
    TenantSecrets(byte[] keyEncryptionKey) {
        this.keyEncryptionKey = new SecretKeySpec(keyEncryptionKey, "HKDF");
    }

    /** The value of the claim {@code tenant} of {@code docs/node-protocol.md}. */
    String claim(TenantId tenant) {
        return claims.get(tenant, this::derive);
    }

    private String derive(TenantId tenant) {
        return "{\"salt\":\"" + secret("gatehouse kv salt " + tenant.value()) + "\",\"kvKey\":\""
                + secret("gatehouse kv key " + tenant.value()) + "\"}";
    }

    private String secret(String info) {
        try {
            return BASE64.encodeToString(KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(keyEncryptionKey)
                            .thenExpand(info.getBytes(StandardCharsets.US_ASCII), BYTES)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK 25 has HKDF-SHA256", e);
        }
    }
}
