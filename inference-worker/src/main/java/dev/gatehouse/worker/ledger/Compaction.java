package dev.gatehouse.worker.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what is still to be kept of a ledger into a new file, and puts it in the old one's place. */
final class Compaction {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private final Path path;
    private final long now;
    private final List<ExchangeRecord> kept = new ArrayList<>();
    private int damaged;
    private int died;

    /** @param records those in the file's first slots */
    record Kept(LedgerFile file, int records) {}

    private Compaction(Path path, long now) {
        this.path = path;
        this.now = now;
    }

    static Kept run(Path directory, long now) throws IOException {
        Compaction compaction = new Compaction(directory.resolve("exchanges.ledger"), now);
        if (Files.exists(compaction.path)) {
            compaction.readOld();
        }
        return compaction.writeNew();
    }

    private void readOld() throws IOException {
        try (LedgerFile old = LedgerFile.read(path)) {
            for (int number = 0; number < old.slots(); number++) {
                take(old.slot(number), number);
            }
        }
        kept.sort(Comparator.comparingLong(ExchangeRecord::startedAt));
        if (damaged > 0) {
            keepEvidence();
        }
        if (died > 0) {
            LOG.warn("{} exchanges ran when the last process of this node died; their counts are kept", died);
        }
    }

    private void take(Slot slot, int number) {
        if (!slot.used()) {
            return;
        }
        if (!slot.openingIntact()) {
            nameDamage(number, "its opening does not match its checksum; the record is lost");
            return;
        }
        if (slot.ended() && !slot.endingIntact()) {
            nameDamage(number, "its ending does not match its checksum; exchange " + slot.id() + " is kept as died");
        }
        keep(slot.read());
    }

    private void keep(ExchangeRecord record) {
        if (record.ending().isEmpty()) {
            died++;
            kept.add(record);
        } else if (record.ending().get().at() >= now - Ledger.RETENTION.toMillis()) {
            kept.add(record);
        }
    }

    private void nameDamage(int number, String what) {
        damaged++;
        long at = LedgerFile.HEADER_BYTES + (long) number * Slot.BYTES;
        LOG.error("{}: record {} at byte {} is damaged: {}", path, number, at, what);
    }

    private void keepEvidence() throws IOException {
        Path evidence = path.resolveSibling("exchanges.damaged-" + now);
        Files.copy(path, evidence, StandardCopyOption.REPLACE_EXISTING);
        LOG.error("{} of the records in {} are damaged; the file is kept as {}", damaged, path, evidence);
    }

    private Kept writeNew() throws IOException {
        Path fresh = path.resolveSibling("exchanges.ledger.new");
        LedgerFile file = LedgerFile.create(fresh);
        try {
            do {
                file.grow();
            } while (file.slots() <= kept.size());
            for (int number = 0; number < kept.size(); number++) {
                write(kept.get(number), file.slot(number));
            }
            file.syncAll();
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            syncDirectory();
            return new Kept(file, kept.size());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void write(ExchangeRecord record, Slot slot) {
        slot.open(record.id(), record.model(), record.startedAt(), record.cap());
        slot.end(record.ending().orElse(new Ending(Reason.DIED, now, Timing.NONE)), record.counts());
    }

    private void syncDirectory() throws IOException {
        try (FileChannel directory = FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
