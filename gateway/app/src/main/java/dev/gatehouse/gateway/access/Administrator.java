package dev.gatehouse.gateway.access;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The owner that a first start makes, with the password of a secret file. */
final class Administrator {

    /** The user's name. */
    static final String NAME = "admin";

    /** Shorter ones can be guessed. */
    static final int SHORTEST = 12;

    /** What the hash takes of a password, in bytes of UTF-8. */
    static final int LONGEST = 72;

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
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (password.length() < SHORTEST || bytes > LONGEST) {
            throw new IllegalStateException("the secret file admin-password must hold a password of " + SHORTEST
                    + " characters or more, and of " + LONGEST + " bytes at most");
        }
        Optional<User> known = users.find(NAME);
        if (known.filter(user -> encoder.matches(password, user.password())).isEmpty()) {
            users.put(new User(NAME, Role.OWNER, Optional.empty(), encoder.encode(password)));
        }
    }
}
