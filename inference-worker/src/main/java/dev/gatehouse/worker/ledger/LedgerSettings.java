package dev.gatehouse.worker.ledger;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;

/**
 * Where the ledger lies.
 *
 * @param directory created if it is missing; of one node only
 */
public record LedgerSettings(@NotNull Path directory) {}
