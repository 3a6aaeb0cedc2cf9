package dev.gatehouse.gateway.edge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What shows the servlets, which listen on a port of this machine, that a request comes from the public port: 256 bits that only this process knows.
 * Without it another local user could claim any client address.
 */
@Component
public final class RelayPass {

    /** The header that carries it. */
    public static final String HEADER = "gatehouse-relay";

    private static final int BYTES = 32;

    private final String pass;

    RelayPass() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        pass = HexFormat.of().formatHex(bytes);
    }

    String value() {
        return pass;
    }

    /** Whether this is the pass; takes as long whatever it is. */
    public boolean isGood(@Nullable String presented) {
        return presented != null && MessageDigest.isEqual(bytes(presented), bytes(pass));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
