package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Kind;
import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.Remedy;

/** What becomes of each kind of finding in a tenant's requests and in the answers to them. */
record Policy(Remedies in, Remedies out, PolicyVersion version) {

    static final Policy DEFAULT = of(standard(Remedy.BLOCK), standard(Remedy.MASK));

    static Policy of(Remedies in, Remedies out) {
        return new Policy(in, out, PolicyText.version(in, out));
    }

    private static Remedies standard(Remedy ofPaymentCards) {
        return Remedies.of(kind -> switch (kind) {
            case GATEWAY_KEYS, SECRETS -> Remedy.MASK;
            case PAYMENT_CARDS -> ofPaymentCards;
            case IBANS, EMAIL_ADDRESSES -> Remedy.OBSERVE;
        });
    }

    /** The same but for one kind. */
    Policy with(Kind kind, Remedy inRequests, Remedy inAnswers) {
        return of(in.with(kind, inRequests), out.with(kind, inAnswers));
    }
}
