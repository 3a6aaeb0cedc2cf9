package dev.gatehouse.detect;

/** What is looked for. Where findings overlap from the same character on, the earlier kind names them. */
public enum Kind {
    /** API keys of this gateway. */
    GATEWAY_KEYS("gatewayKeys", "secret.gateway-key", "a Gatehouse API key"),
    /** Keys and tokens of other makers. */
    SECRETS("secrets", "secret.credential", "a secret key or token"),
    IBANS("ibans", "pii.iban", "an IBAN"),
    PAYMENT_CARDS("paymentCards", "pii.payment-card", "a payment card number"),
    EMAIL_ADDRESSES("emailAddresses", "pii.email-address", "an e-mail address");

    private final String word;
    private final String rule;
    private final String noun;

    Kind(String word, String rule, String noun) {
        this.word = word;
        this.rule = rule;
        this.noun = noun;
    }

    /** Its name in policies, counts and meters, such as {@code paymentCards}. */
    public String word() {
        return word;
    }

    /** Its name in refusals and in the audit, such as {@code pii.payment-card}. */
    public String rule() {
        return rule;
    }

    /** One of it in a sentence, with its article. */
    public String noun() {
        return noun;
    }
}
