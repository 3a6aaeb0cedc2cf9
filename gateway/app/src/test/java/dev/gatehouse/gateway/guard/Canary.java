package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Kind;
import java.util.List;

/**
 * A made-up value that must not pass; nobody's.
 *
 * @param secret the part of it that must not be seen
 */
public record Canary(Kind kind, String text, String secret) {

    private static final String TOKEN =
            "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";

    public static final List<Canary> ALL = List.of(
            of(Kind.GATEWAY_KEYS, "gh_live_", "Q7mZ2xVt9KpL4wRb8NcY1sHd6JfG3aTe3yWySQ"),
            of(Kind.SECRETS, "AKIA", "QX4BRT6YLMN27ZPD"),
            of(Kind.SECRETS, "ghp_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"),
            of(Kind.SECRETS, "sk-ant-", "api03-Zx_9-qLw3Rt7Yp1Ks5Df8Gh2Jm4Nb6Vc0"),
            of(Kind.SECRETS, "eyJ", TOKEN),
            of(Kind.IBANS, "DE", "89370400440532013000"),
            of(Kind.PAYMENT_CARDS, "", "5555555555554444"),
            of(Kind.EMAIL_ADDRESSES, "", "jqxw.dvoe@kzqvj.test"));

    private static Canary of(Kind kind, String beginning, String secret) {
        return new Canary(kind, beginning + secret, secret);
    }

    /** Whether a text shows six or more characters in a row of the secret, other than the last four with what the mask says of them. */
    boolean shownIn(String text) {
        for (int from = 0; from + 6 <= secret.length(); from++) {
            if (text.contains(secret.substring(from, from + 6))) {
                return true;
            }
        }
        return false;
    }
}
