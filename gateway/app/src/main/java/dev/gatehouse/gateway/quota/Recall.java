package dev.gatehouse.gateway.quota;

import java.util.Set;
import java.util.UUID;

/** The message by which gateways are asked to give back what they do not need of a bucket: {@code <limit>:<since>}. */
final class Recall {

    static final String CHANNEL = "quota";

    private Recall() {}

    static String message(BucketKey bucket) {
        return bucket.limit() + ":" + bucket.since();
    }

    /** The buckets of a message; none of one that is empty. */
    static Set<BucketKey> read(String message) {
        int colon = message.indexOf(':');
        return colon < 0
                ? Set.of()
                : Set.of(new BucketKey(
                        UUID.fromString(message.substring(0, colon)), Long.parseLong(message.substring(colon + 1))));
    }
}
