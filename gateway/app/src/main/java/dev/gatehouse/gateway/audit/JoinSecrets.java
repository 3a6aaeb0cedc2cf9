package dev.gatehouse.gateway.audit;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The secrets that gateways and nodes share. Never prints them. */
final class JoinSecrets {

    private static final int LENGTH = 32;

    private final List<byte[]> newestFirst;

    private JoinSecrets(List<byte[]> newestFirst) {
        this.newestFirst = newestFirst;
    }

    /** From the secret files {@code join.N}, by N: the highest is the newest. */
    static JoinSecrets of(Map<Integer, String> files) {
        if (files.isEmpty()) {
            throw new IllegalStateException("the join secret is missing: write base64 of " + LENGTH
                    + " random bytes to the file join.1 in the directory that gatehouse.secrets-directory names");
        }
        return new JoinSecrets(new TreeMap<>(files)
                .descendingMap().entrySet().stream()
                        .map(file -> decode(file.getKey(), file.getValue()))
                        .toList());
    }

    /** The first one signs, all verify. */
    List<byte[]> newestFirst() {
        return newestFirst;
    }

    private static byte[] decode(int number, String text) {
        try {
            byte[] secret = Base64.getDecoder().decode(text.strip());
            if (secret.length == LENGTH) {
                return secret;
            }
        } catch (IllegalArgumentException e) {
            throw malformed(number, e);
        }
        throw malformed(number, new IllegalArgumentException("of another length"));
    }

    private static IllegalStateException malformed(int number, Throwable cause) {
        return new IllegalStateException(
                "the secret file join." + number + " is not base64 of " + LENGTH + " bytes", cause);
    }
}
