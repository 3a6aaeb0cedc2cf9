package dev.gatehouse.gateway.vocabulary;

/** A guard rule, such as {@code pii.payment-card}. */
public record RuleId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
