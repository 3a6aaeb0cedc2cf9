package dev.gatehouse.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final int MOST = 4 * LedgerFile.EXTENT_SLOTS;
    private static final Counts COUNTS = new Counts(14, 3, 22, 16);
    private static final Timing TIMING = new Timing(0.4, 5.1, 13, 1.2, Expense.NONE);

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();

    private Ledger open() {
        return Ledger.open(directory, clock, MOST);
    }

    private static ExchangeId newId() {
        return new ExchangeId(UUID.randomUUID(), 1);
    }

    @Test
    void readsBackWhatWasWritten() throws Exception {
        ExchangeId id = newId();
        try (Ledger ledger = open()) {
            Entry entry = ledger.begin(id, "tiny-moe", 256);
            clock.advance(Duration.ofMillis(19));
            entry.end(Reason.STOP, COUNTS, TIMING);

            ExchangeRecord record = ledger.find(id).orElseThrow();

            assertThat(record.model()).isEqualTo("tiny-moe");
            assertThat(record.cap()).isEqualTo(256);
            assertThat(record.counts()).isEqualTo(COUNTS);
            assertThat(record.ending().orElseThrow())
                    .isEqualTo(new Ending(Reason.STOP, record.startedAt() + 19, TIMING));
        }
    }

    @Test
    void sumsWhatHasEndedOfIntentsOfATime() throws Exception {
        try (Ledger ledger = open()) {
            for (int made = 1_000; made < 1_000 + LedgerFile.EXTENT_SLOTS / 8; made++) {
                ledger.begin(madeAt(made), "m", 5).end(Reason.STOP, COUNTS, TIMING);
            }
            ledger.begin(madeAt(1_010), "m", 5).completion(4, 1);

            assertThat(ledger.totals(1_010, 1_013)).isEqualTo(new Totals(3, 3 * 14, 3 * 3, 3 * 22, 3 * 16));
            assertThat(ledger.totals(0, Long.MAX_VALUE).exchanges()).isEqualTo(LedgerFile.EXTENT_SLOTS / 8);
        }
    }

    private static ExchangeId madeAt(long millis) {
        return new ExchangeId(new UUID(millis << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits()), 1);
    }

    @Test
    void showsTheCountsOfAnOpenExchange() throws Exception {
        ExchangeId id = newId();
        try (Ledger ledger = open()) {
            Entry entry = ledger.begin(id, "m", 5);
            entry.prompt(7, 2);
            entry.completion(4, 1);
            entry.cap(9);

            ExchangeRecord record = ledger.find(id).orElseThrow();

            assertThat(record.counts()).isEqualTo(new Counts(7, 2, 4, 1));
            assertThat(record.cap()).isEqualTo(9);
            assertThat(record.ending()).isEmpty();
        }
    }

    @Test
    void keepsEndedRecordsOverARestartAndEndsOpenOnesAsDied() throws Exception {
        ExchangeId ended = newId();
        ExchangeId open = newId();
        try (Ledger ledger = open()) {
            ledger.begin(ended, "m", 5).end(Reason.LENGTH, COUNTS, TIMING);
            Entry entry = ledger.begin(open, "m", 5);
            entry.prompt(7, 2);
            entry.completion(4, 1);
        }

        try (Ledger ledger = open()) {
            assertThat(ledger.find(ended).orElseThrow().ending().orElseThrow().reason())
                    .isEqualTo(Reason.LENGTH);
            ExchangeRecord died = ledger.find(open).orElseThrow();
            assertThat(died.ending().orElseThrow().reason()).isEqualTo(Reason.DIED);
            assertThat(died.counts()).isEqualTo(new Counts(7, 2, 4, 1));
        }
    }

    @Test
    void refusesAnIdThatItKnowsAlsoAfterARestart() throws Exception {
        ExchangeId id = newId();
        try (Ledger ledger = open()) {
            ledger.begin(id, "m", 5);
            assertThatExceptionOfType(ExchangeExistsException.class).isThrownBy(() -> ledger.begin(id, "m", 5));
        }
        try (Ledger ledger = open()) {
            assertThatExceptionOfType(ExchangeExistsException.class).isThrownBy(() -> ledger.begin(id, "m", 5));
        }
    }

    @Test
    void findsTheAttemptsOfAnIntentInOrder() throws Exception {
        UUID intent = UUID.randomUUID();
        try (Ledger ledger = open()) {
            ledger.begin(new ExchangeId(intent, 2), "m", 5);
            ledger.begin(newId(), "m", 5);
            ledger.begin(new ExchangeId(intent, 1), "m", 5);

            assertThat(ledger.find(intent))
                    .extracting(record -> record.id().attempt())
                    .containsExactly(1, 2);
            assertThat(ledger.find(UUID.randomUUID())).isEmpty();
        }
    }

    @Test
    void forgetsADayAfterTheEndAndUsesTheRoomAgain() throws Exception {
        ExchangeId old = newId();
        try (Ledger ledger = open()) {
            ledger.begin(old, "m", 5).end(Reason.STOP, COUNTS, TIMING);
            clock.advance(Ledger.RETENTION);
            ledger.begin(newId(), "m", 5);
            assertThat(ledger.find(old)).isPresent();

            clock.advance(Duration.ofMillis(1));
            ledger.begin(newId(), "m", 5);

            assertThat(ledger.find(old)).isEmpty();
        }
    }

    @Test
    void forgetsOldRecordsBehindOneThatStillRuns() throws Exception {
        ExchangeId runs = newId();
        ExchangeId old = newId();
        try (Ledger ledger = open()) {
            ledger.begin(runs, "m", 5);
            ledger.begin(old, "m", 5).end(Reason.STOP, COUNTS, TIMING);
            clock.advance(Ledger.RETENTION.plusMillis(1));

            ledger.begin(newId(), "m", 5);

            assertThat(ledger.find(old)).isEmpty();
            assertThat(ledger.find(runs)).isPresent();
            assertThat(ledger.records()).isEqualTo(2);
        }
    }

    @Test
    void leavesOutWhatIsTooOldWhenItStarts() throws Exception {
        ExchangeId old = newId();
        try (Ledger ledger = open()) {
            ledger.begin(old, "m", 5).end(Reason.STOP, COUNTS, TIMING);
        }
        clock.advance(Ledger.RETENTION.plusMillis(1));
        try (Ledger ledger = open()) {
            assertThat(ledger.find(old)).isEmpty();
        }
    }

    @Test
    void refusesWhenItIsFullAndTakesAgainWhenOldOnesGo() throws Exception {
        try (Ledger ledger = Ledger.open(directory, clock, LedgerFile.EXTENT_SLOTS)) {
            for (int i = 0; i < LedgerFile.EXTENT_SLOTS; i++) {
                ledger.begin(newId(), "m", 5).end(Reason.STOP, COUNTS, TIMING);
            }

            assertThatExceptionOfType(LedgerUnavailableException.class).isThrownBy(() -> ledger.begin(newId(), "m", 5));

            clock.advance(Ledger.RETENTION.plusMillis(1));
            ledger.begin(newId(), "m", 5).durable().get();
        }
    }

    @Test
    void growsBeforeItIsFull() throws Exception {
        try (Ledger ledger = open()) {
            for (int i = 0; i < LedgerFile.EXTENT_SLOTS + 10; i++) {
                Entry entry = ledger.begin(newId(), "m", 5);
                if (i % 512 == 0) {
                    entry.durable().get();
                }
                entry.end(Reason.STOP, COUNTS, TIMING);
            }
            assertThat(Files.size(directory.resolve("exchanges.ledger"))).isEqualTo(sizeOf(2));
        }
    }

    @Test
    void givesBackRoomThatItDoesNotNeedAnyMoreWhenItStarts() throws Exception {
        ExchangeId late = newId();
        try (Ledger ledger = open()) {
            for (int i = 0; i < 3 * LedgerFile.EXTENT_SLOTS; i++) {
                Entry entry = ledger.begin(newId(), "m", 5);
                entry.end(Reason.STOP, COUNTS, TIMING);
                if (i % 512 == 0) {
                    entry.durable().get();
                }
            }
            clock.advance(Ledger.RETENTION.plusMillis(1));
            ledger.begin(late, "m", 5).end(Reason.STOP, COUNTS, TIMING);
        }

        try (Ledger ledger = open()) {
            assertThat(ledger.find(late)).isPresent();
            assertThat(ledger.records()).isEqualTo(1);
            assertThat(Files.size(directory.resolve("exchanges.ledger"))).isEqualTo(sizeOf(1));
        }
    }

    private static long sizeOf(int extents) {
        return LedgerFile.HEADER_BYTES + (long) extents * LedgerFile.EXTENT_SLOTS * Slot.BYTES;
    }

    @Test
    void isOfOneProcessOnly() {
        try (Ledger first = open()) {
            assertThat(first).isNotNull();
            assertThatThrownBy(this::open)
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("used by another worker")
                    .hasMessageContaining(directory.toString());
        }
    }

    @Test
    void toleratesATornTail() throws Exception {
        ExchangeId id = newId();
        try (Ledger ledger = open()) {
            ledger.begin(id, "m", 5).end(Reason.STOP, COUNTS, TIMING);
        }
        try (RandomAccessFile file = file()) {
            file.setLength(LedgerFile.HEADER_BYTES + Slot.BYTES + 100);
        }

        try (Ledger ledger = open()) {
            assertThat(ledger.find(id)).isPresent();
            ledger.begin(newId(), "m", 5).durable().get();
        }
    }

    @Test
    void keepsTheFileWhenARecordIsDamagedAndDropsOnlyThatOne() throws Exception {
        ExchangeId damaged = newId();
        ExchangeId intact = newId();
        try (Ledger ledger = open()) {
            ledger.begin(damaged, "m", 5).end(Reason.STOP, COUNTS, TIMING);
            ledger.begin(intact, "m", 5).end(Reason.STOP, COUNTS, TIMING);
        }
        overwrite(LedgerFile.HEADER_BYTES + 12);

        try (Ledger ledger = open()) {
            assertThat(ledger.find(damaged)).isEmpty();
            assertThat(ledger.find(intact)).isPresent();
        }
        assertThat(filesNamed("exchanges.damaged-")).isEqualTo(1);
    }

    @Test
    void endsARecordAsDiedWhoseEndingIsDamaged() throws Exception {
        ExchangeId id = newId();
        try (Ledger ledger = open()) {
            ledger.begin(id, "m", 5).end(Reason.STOP, COUNTS, TIMING);
        }
        overwrite(LedgerFile.HEADER_BYTES + 165);

        try (Ledger ledger = open()) {
            ExchangeRecord record = ledger.find(id).orElseThrow();
            assertThat(record.ending().orElseThrow().reason()).isEqualTo(Reason.DIED);
            assertThat(record.counts()).isEqualTo(COUNTS);
        }
        assertThat(filesNamed("exchanges.damaged-")).isEqualTo(1);
    }

    @Test
    void refusesAFileThatIsNoLedger() throws Exception {
        Files.writeString(directory.resolve("exchanges.ledger"), "something else entirely");

        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("exchanges.ledger")
                .hasMessageContaining("is not a ledger");
    }

    @Test
    void saysWhatToDoAboutADirectoryThatCanNotBeUsed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> Ledger.open(file.resolve("ledger"), clock, MOST))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("gatehouse.worker.ledger.directory");
    }

    private RandomAccessFile file() throws IOException {
        return new RandomAccessFile(directory.resolve("exchanges.ledger").toFile(), "rw");
    }

    private void overwrite(long at) throws IOException {
        try (RandomAccessFile file = file()) {
            file.seek(at);
            int before = file.read();
            file.seek(at);
            file.write(before ^ 0x55);
        }
    }

    private long filesNamed(String prefix) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .count();
        }
    }
}
