package dev.gatehouse.gateway.access;

import java.nio.charset.StandardCharsets;

/** What a password must be like. */
public final class NewPassword {

    /** Shorter ones can be guessed. */
    static final int SHORTEST = 12;

    /** What the hash takes of a password, in bytes of UTF-8. */
    static final int LONGEST = 72;

    /** In words. */
    public static final String RULE = SHORTEST + " characters or more, and of " + LONGEST + " bytes at most";

    private NewPassword() {}

    public static boolean isGood(String password) {
        return password.length() >= SHORTEST && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }
}
