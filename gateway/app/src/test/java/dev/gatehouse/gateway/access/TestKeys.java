package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keys and peppers to try. */
final class TestKeys {

    static final SecureRandom RANDOM = new SecureRandom();
    static final Visit VISIT = new Visit(Endpoint.CHAT, InetAddress.getLoopbackAddress());

    /** A key with its secret. */
    record Issued(KeyId id, ApiKey key) {}

    /** A stored key without restrictions. */
    static Issued issue(
            Peppers peppers,
            KeyStore store,
            TenantId tenant,
            ProjectId project,
            String name,
            Optional<Instant> expires) {
        KeyIssuer issuer = new KeyIssuer(peppers);
        ApiKey key = issuer.secret();
        NewKey row = new NewKey(tenant, project, name, issuer.sealed(key), expires, KeyScope.EVERYTHING);
        return new Issued(store.add(row).orElseThrow(), key);
    }

    private TestKeys() {}

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
        return new KeyBatches(store, memory, used -> {}, () -> {
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
