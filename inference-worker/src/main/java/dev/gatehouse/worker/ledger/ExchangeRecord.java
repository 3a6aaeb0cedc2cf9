package dev.gatehouse.worker.ledger;

import java.util.Optional;

/**
 * What the node knows about one exchange.
 *
 * @param startedAt milliseconds since the epoch
 * @param cap the cap in force, in completion tokens
 * @param resumed completion tokens that another node had generated and this one went on from
 * @param counts so far; exact once ended, and then those of the last frame if the node died
 * @param ending empty while it runs
 */
public record ExchangeRecord(
        ExchangeId id, String model, long startedAt, long cap, int resumed, Counts counts, Optional<Ending> ending) {}
