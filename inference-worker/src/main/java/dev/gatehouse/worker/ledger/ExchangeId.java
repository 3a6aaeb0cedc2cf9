package dev.gatehouse.worker.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Names one exchange, written {@code <intent>-<attempt>}.
 *
 * @param intent made by the gateway
 * @param attempt counts from 1
 */
public record ExchangeId(UUID intent, int attempt) {

    private static final int UUID_LENGTH = 36;

    public ExchangeId {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, not " + attempt);
        }
    }

    /** Empty unless the text is a canonical UUID, a dash and a number from 1 without leading zeros. */
    public static Optional<ExchangeId> parse(String text) {
        if (text.length() <= UUID_LENGTH + 1 || text.charAt(UUID_LENGTH) != '-') {
            return Optional.empty();
        }
        Optional<UUID> intent = parseIntent(text.substring(0, UUID_LENGTH));
        String attempt = text.substring(UUID_LENGTH + 1);
        return attempt.matches("[1-9][0-9]{0,8}")
                ? intent.map(i -> new ExchangeId(i, Integer.parseInt(attempt)))
                : Optional.empty();
    }

    /** Empty unless the text is a UUID in its canonical form: lower case, 36 characters. */
    public static Optional<UUID> parseIntent(String text) {
        try {
            UUID intent = UUID.fromString(text);
            return intent.toString().equals(text) ? Optional.of(intent) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** When the intent was made, by its own word: a UUID of version 7. */
    public Instant madeAt() {
        return Instant.ofEpochMilli(intent.getMostSignificantBits() >>> 16);
    }

    @Override
    public String toString() {
        return intent + "-" + attempt;
    }
}
