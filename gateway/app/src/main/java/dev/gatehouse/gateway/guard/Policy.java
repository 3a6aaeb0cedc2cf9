package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What becomes of payment card numbers in a tenant's requests and in the answers to them. */
record Policy(In in, Out out, PolicyVersion version) {

    static final Policy DEFAULT = of(In.REFUSE, Out.MASK);

    private static final int VERSION_DIGITS = 16;

    /** In a request. */
    enum In {
        REFUSE,
        MASK,
        ALLOW
    }

    /** In an answer. */
    enum Out {
        MASK,
        /** The answer ends before it. */
        CUT,
        ALLOW
    }

    static Policy of(In in, Out out) {
        return new Policy(in, out, version(in, out));
    }

    private static PolicyVersion version(In in, Out out) {
        String canonical = "{\"paymentCards\":{\"in\":\"%s\",\"out\":\"%s\"}}".formatted(word(in), word(out));
        String hash = Sha256.hex(canonical.getBytes(StandardCharsets.UTF_8));
        return new PolicyVersion(hash.substring(0, VERSION_DIGITS));
    }

    /** The word for a choice in a policy's text. */
    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
