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
 * @param records most at a time; 256 bytes of file and some 50 bytes of heap each
 */
public record LedgerSettings(
        @NotNull Path directory,
        @DefaultValue("1048576") @Min(8192) @Max(16_777_216) int records) {}
