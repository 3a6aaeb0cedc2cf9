package dev.gatehouse.worker.ledger;

import java.util.Optional;

/**
 * What the node knows about one exchange.
 *
 * @param startedAt milliseconds since the epoch
 * @param cap the cap in force, in completion tokens
 * @param counts so far; exact once ended, and then those of the last frame if the node died
 * @param ending empty while it runs
 */
public record ExchangeRecord(
        ExchangeId id, String model, long startedAt, long cap, Counts counts, Optional<Ending> ending) {}
