package dev.gatehouse.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A kind of credential that is told by how it begins.
 *
 * @param beginning how
 * @param apart a letter or a digit directly before makes it something else
 * @param rest makes what looks at the rest
 */
record Credential(Kind kind, String beginning, boolean apart, Rest rest) {

    private static final Alphabet SLACK = Alphabet.BASE62.and(Alphabet.of("-"));
    private static final Alphabet UPPER = Alphabet.UPPER.and(Alphabet.DIGITS);
    private static final Alphabet WORD = Alphabet.BASE62.and(Alphabet.of("_"));

    private static final List<String> PRIVATE_KEYS = List.of(
            "PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "DSA PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "PGP PRIVATE KEY BLOCK");

    static final List<Credential> ALL = all();

    /** Makes what looks at a credential from a position on. */
    interface Rest {
        Tail at(long position, Consumer<Finding> findings);
    }

    Tail tail(long at, Consumer<Finding> findings) {
        return rest.at(at, findings);
    }

    private static List<Credential> all() {
        List<Credential> all = new ArrayList<>();
        all.add(new Credential(Kind.GATEWAY_KEYS, GatewayKey.PREFIX, false, GatewayKey::new));
        all.add(new Credential(Kind.SECRETS, JsonWebToken.PREFIX, true, JsonWebToken::new));
        for (String format : PRIVATE_KEYS) {
            all.add(new Credential(Kind.SECRETS, "BEGIN " + format + "-----", false, PrivateKey::new));
        }
        add(all, true, UPPER, 16, "AKIA", "ASIA"); // AWS access key ids
        add(all, false, Alphabet.BASE62, 36, "ghp_", "gho_", "ghu_", "ghs_", "ghr_"); // GitHub
        add(all, false, WORD, 36, "github_pat_");
        add(all, false, Alphabet.BASE64_URL, 20, "glpat-"); // GitLab
        add(all, false, SLACK, 24, "xoxa-", "xoxb-", "xoxc-", "xoxd-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-");
        add(all, true, Alphabet.BASE62, 32, "sk-"); // OpenAI, and many who follow it
        add(all, false, Alphabet.BASE64_URL, 32, "sk-proj-", "sk-svcacct-", "sk-admin-");
        add(all, false, Alphabet.BASE64_URL, 32, "sk-ant-"); // Anthropic
        add(all, true, Alphabet.BASE64_URL, 35, "AIza"); // Google
        add(all, false, Alphabet.BASE62, 16, "sk_live_", "rk_live_"); // Stripe
        add(all, false, Alphabet.BASE62, 36, "npm_");
        add(all, false, Alphabet.BASE64_URL, 50, "pypi-AgE"); // a macaroon of version 2 with an identifier
        return List.copyOf(all);
    }

    private static void add(List<Credential> all, boolean apart, Alphabet alphabet, int least, String... beginnings) {
        for (String beginning : beginnings) {
            all.add(new Credential(
                    Kind.SECRETS, beginning, apart, (at, findings) -> new Body(alphabet, least, at, findings)));
        }
    }
}
