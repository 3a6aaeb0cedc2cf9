package dev.gatehouse.gateway.access;

import java.security.SecureRandom;

/** Makes the secrets of API keys: the one way to make one. */
final class KeyIssuer {

    private final Peppers peppers;
    private final SecureRandom random = new SecureRandom();

    KeyIssuer(Peppers peppers) {
        this.peppers = peppers;
    }

    ApiKey secret() {
        return ApiKey.random(random);
    }

    /** What to store of a secret. */
    NewSecret sealed(ApiKey key) {
        Pepper pepper = peppers.signing();
        return new NewSecret(key.prefix(), pepper.digest(key), pepper.version());
    }
}
