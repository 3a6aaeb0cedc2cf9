package dev.gatehouse.bench.node;

import java.util.Optional;

/** {@code <intent>-<attempt>}. */
record ExchangeId(String intent, int attempt) {

    static Optional<ExchangeId> parse(String text) {
        int dash = text.lastIndexOf('-');
        try {
            return dash < 1
                    ? Optional.empty()
                    : Optional.of(new ExchangeId(
                            text.substring(0, dash), Integer.parseInt(text, dash + 1, text.length(), 10)));
        } catch (NumberFormatException notAnAttempt) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return intent + "-" + attempt;
    }
}
