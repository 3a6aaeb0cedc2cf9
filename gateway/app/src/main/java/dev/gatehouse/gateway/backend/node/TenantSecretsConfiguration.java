package dev.gatehouse.gateway.backend.node;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Reads the key-encryption key. */
@Configuration(proxyBeanMethods = false)
class TenantSecretsConfiguration {

    private static final int BYTES = 32;

    @Bean
    TenantSecrets tenantSecrets(Environment environment) {
        return of(Binder.get(environment)
                .bind("kek", Bindable.mapOf(Integer.class, String.class))
                .orElse(Map.of()));
    }

    /** From the secret files {@code kek.N}, by N: the highest is in force, and what nodes sealed under an older one is lost to them. */
    static TenantSecrets of(Map<Integer, String> files) {
        if (files.isEmpty()) {
            throw new IllegalStateException("the key-encryption key is missing: write base64 of " + BYTES
                    + " random bytes to the file kek.1 in the directory that gatehouse.secrets-directory names");
        }
        Map.Entry<Integer, String> newest = new TreeMap<>(files).lastEntry();
        return new TenantSecrets(decode(newest.getKey(), newest.getValue()));
    }

    private static byte[] decode(int number, String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text.strip());
            if (key.length == BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw malformed(number, e);
        }
        throw malformed(number, new IllegalArgumentException("of another length"));
    }

    private static IllegalStateException malformed(int number, Throwable cause) {
        return new IllegalStateException(
                "the secret file kek." + number + " is not base64 of " + BYTES + " bytes", cause);
    }
}
