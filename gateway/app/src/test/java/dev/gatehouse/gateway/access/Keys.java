package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keys and peppers to try. */
final class Keys {

    static final SecureRandom RANDOM = new SecureRandom();

    private Keys() {}

    /** The pepper of that version: 32 times one byte. */
    static String pepper(int version) {
        byte[] secret = new byte[Pepper.BYTES];
        Arrays.fill(secret, (byte) version);
        return Base64.getEncoder().encodeToString(secret);
    }

    static Peppers peppers(int... versions) {
        Map<Integer, String> files = new HashMap<>();
        for (int version : versions) {
            files.put(version, pepper(version));
        }
        return Peppers.of(files);
    }

    /** Look-ups that are not expected to break. */
    static KeyBatches batches(KeyStore store, KeyMemory memory) {
        return new KeyBatches(store, memory, () -> {
            throw new AssertionError("the look-ups broke");
        });
    }

    static ApiKey random() {
        return ApiKey.random(RANDOM);
    }

    static Optional<String> header(ApiKey key) {
        return Optional.of("Bearer " + key.secret());
    }

    /** A caller unlike any other. */
    static Caller caller() {
        return new Caller(
                new TenantId(UUID.randomUUID()), new ProjectId(UUID.randomUUID()), new KeyId(UUID.randomUUID()));
    }
}
