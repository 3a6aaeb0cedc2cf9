package dev.gatehouse.worker.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names the damaged records of a file, and keeps a copy of it from before the first of them is repaired. */
final class Damage {

    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    private final Path path;
    private final long now;
    private boolean found;

    Damage(Path path, long now) {
        this.path = path;
        this.now = now;
    }

    void found(int number, String what) throws IOException {
        long at = LedgerFile.HEADER_BYTES + (long) number * Slot.BYTES;
        LOG.error("{}: record {} at byte {} is damaged: {}", path, number, at, what);
        if (!found) {
            keepEvidence();
            found = true;
        }
    }

    private void keepEvidence() throws IOException {
        Path evidence = path.resolveSibling("exchanges.damaged-" + now);
        Files.copy(path, evidence, StandardCopyOption.REPLACE_EXISTING);
        LOG.error("{} has damaged records; as it was found, it is kept as {}", path, evidence);
    }
}
