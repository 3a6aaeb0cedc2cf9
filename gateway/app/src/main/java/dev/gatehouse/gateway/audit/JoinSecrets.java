package dev.gatehouse.gateway.audit;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The secrets that gateways and nodes share, newest first.
 *
 * @param newestFirst the first one signs, all verify
 */
record JoinSecrets(List<byte[]> newestFirst) {

    private static final int LENGTH = 32;

    JoinSecrets {
        if (newestFirst.isEmpty()) {
            throw new IllegalStateException("the join secret is missing: write base64 of " + LENGTH
                    + " random bytes to the file join.1 in the directory that gatehouse.secrets-directory names");
        }
        newestFirst = List.copyOf(newestFirst);
    }

    /** From the secret files {@code join.N}, by N. */
    static JoinSecrets of(Map<Integer, String> files) {
        return new JoinSecrets(new TreeMap<>(files)
                .descendingMap().entrySet().stream()
                        .map(file -> decode(file.getKey(), file.getValue()))
                        .toList());
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

    @Override
    public boolean equals(Object other) {
        return other instanceof JoinSecrets secrets
                && Arrays.deepEquals(newestFirst.toArray(), secrets.newestFirst.toArray());
    }

    @Override
    public int hashCode() {
        return newestFirst.size();
    }

    /** Secrets never print. */
    @Override
    public String toString() {
        return newestFirst.size() + " join secrets";
    }
}
