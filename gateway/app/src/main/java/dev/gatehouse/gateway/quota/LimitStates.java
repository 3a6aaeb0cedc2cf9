package dev.gatehouse.gateway.quota;

import java.util.List;
import java.util.Map;

/** What lies in buckets, for those who only look. */
interface LimitStates {

    /** The time by which buckets fill, microseconds since the epoch. */
    long now();

    /** The buckets of these terms; a bucket that nobody has taken from is missing. */
    Map<BucketKey, Bucket> of(List<Terms> terms);
}
