package dev.gatehouse.gateway.quota;

import java.util.Comparator;
import java.util.UUID;

/**
 * One limit in one of its windows.
 *
 * @param limit the limit's id; a default has the id of the key or tenant that it binds
 * @param since when the window began, microseconds since the epoch; 0 where there are none
 */
record BucketKey(UUID limit, long since) implements Comparable<BucketKey> {

    private static final Comparator<BucketKey> ORDER =
            Comparator.comparing(BucketKey::limit).thenComparingLong(BucketKey::since);

    /** The order in which several are locked. */
    @Override
    public int compareTo(BucketKey other) {
        return ORDER.compare(this, other);
    }
}
