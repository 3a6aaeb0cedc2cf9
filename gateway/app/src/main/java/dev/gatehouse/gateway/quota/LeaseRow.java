package dev.gatehouse.gateway.quota;

/**
 * What the pool has written down of one gateway's part of a bucket.
 *
 * @param units leased to it and not reported as used
 * @param reported units that it has reported as used, in all
 */
record LeaseRow(long units, long reported) {

    static final LeaseRow NONE = new LeaseRow(0, 0);
}
