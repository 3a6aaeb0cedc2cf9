package dev.gatehouse.gateway.quota;

import java.util.List;
import java.util.Map;

/**
 * The pool's answer to a list of orders.
 *
 * @param now its clock, microseconds since the epoch
 * @param taken for each {@link Order.Take}, in order, whether it was carried out
 * @param positions of all buckets that the orders named, afterwards
 */
record Answer(long now, List<Boolean> taken, Map<BucketKey, Position> positions) {

    Position position(BucketKey key) {
        Position position = positions.get(key);
        if (position == null) {
            throw new IllegalStateException("the pool does not answer for the bucket " + key);
        }
        return position;
    }
}
