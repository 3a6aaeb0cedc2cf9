package dev.gatehouse.worker.ledger;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the ledger lies, and how large it may become.
 *
 * @param directory created if it is missing; of one node only
 * @param records most at a time; the file grows to 256 bytes for each, the heap by some 16, and by 30 at the start
 */
public record LedgerSettings(
        @NotNull Path directory,
        @DefaultValue("4194304") @Min(8192) @Max(16_777_216) int records) {}
