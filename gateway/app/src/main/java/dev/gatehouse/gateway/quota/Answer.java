package dev.gatehouse.gateway.quota;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pool's answer to a list of orders.
 *
 * @param now its clock, microseconds since the epoch
 * @param lacking for each {@link Order.Take}, in order, the bucket for want of which it was not carried out; empty when it was
 * @param positions of all buckets that the orders named, afterwards
 */
record Answer(long now, List<Optional<BucketKey>> lacking, Map<BucketKey, Position> positions) {

    Position position(BucketKey key) {
        Position position = positions.get(key);
        if (position == null) {
            throw new IllegalStateException("the pool does not answer for the bucket " + key);
        }
        return position;
    }
}
