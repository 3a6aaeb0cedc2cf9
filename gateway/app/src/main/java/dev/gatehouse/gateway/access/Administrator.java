package dev.gatehouse.gateway.access;

import java.util.Optional;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The owner that a first start makes, with the password of a secret file. */
final class Administrator {

    /** The user's name. */
    static final String NAME = "admin";

    private final UserStore users;
    private final PasswordEncoder encoder;

    Administrator(UserStore users, PasswordEncoder encoder) {
        this.users = users;
        this.encoder = encoder;
    }

    /**
     * Sees to it that the owner exists and has this password; any number of gateways may do so at once.
     *
     * @param content of the secret file {@code admin-password}
     */
    void ensure(String content) {
        String password = content.strip();
        if (!NewPassword.isGood(password)) {
            throw new IllegalStateException(
                    "the secret file admin-password must hold a password of " + NewPassword.RULE);
        }
        Optional<String> known = users.find(NAME).flatMap(User::password);
        if (known.filter(stored -> encoder.matches(password, stored)).isEmpty()) {
            users.put(NAME, Role.OWNER, Optional.empty(), String.valueOf(encoder.encode(password)));
        }
    }
}
