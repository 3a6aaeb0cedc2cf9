package dev.gatehouse.gateway.quota;

/**
 * A bucket as the pool has it, and the asking gateway's part of it.
 *
 * @param warned this is the moment at which the limit's owner is to be warned
 */
record Position(Bucket bucket, LeaseRow own, boolean warned) {}
