package dev.gatehouse.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {

    private static final long NOW = 1_795_500_000_000L;
    private static final long HORIZON = NOW - Ledger.RETENTION.toMillis();
    private static final long TOO_OLD = HORIZON - 1;
    private static final Counts COUNTS = new Counts(14, 3, 22, 16);
    private static final Timing TIMING = new Timing(0.4, 5.1, 13, 1.2, Expense.NONE);

    @TempDir
    Path directory;

    private final MemorySlots slots = new MemorySlots(6);
    private final Set<ExchangeRecord> kept = new HashSet<>();

    /** Five sixths are holes or too old; one that still runs, and some to be kept, lie at the far end. */
    @BeforeEach
    void fill() {
        for (int number = 0; number < slots.count(); number++) {
            switch (number % 6) {
                case 0, 1, 2 -> write(number, TOO_OLD);
                case 3 -> kept.add(write(number, NOW - number * 1000L));
                default -> assertThat(slots.slot(number).used()).isFalse();
            }
        }
        kept.add(diedOf(open(46)));
    }

    private ExchangeId open(int number) {
        ExchangeId id = new ExchangeId(new UUID(number, 7), 1 + number);
        slots.slot(number).open(id, "model-" + number, HORIZON, 99);
        return id;
    }

    private ExchangeRecord write(int number, long endedAt) {
        open(number);
        slots.slot(number).end(new Ending(Reason.STOP, endedAt, TIMING), COUNTS);
        return slots.slot(number).read();
    }

    private ExchangeRecord diedOf(ExchangeId id) {
        slots.slot(46).completion(5, 2);
        return new ExchangeRecord(
                id,
                "model-46",
                HORIZON,
                99,
                0,
                new Counts(0, 0, 5, 2),
                Optional.of(new Ending(Reason.DIED, NOW, Timing.NONE)));
    }

    private void compact(Slots slots) throws IOException {
        Compaction.run(slots, NOW, new Damage(directory.resolve("exchanges.ledger"), NOW));
    }

    private static List<ExchangeRecord> read(Slots slots) {
        List<ExchangeRecord> records = new ArrayList<>();
        for (int number = 0; number < slots.count(); number++) {
            if (slots.slot(number).used()) {
                records.add(slots.slot(number).read());
            }
        }
        return records;
    }

    @Test
    void keepsWhatIsNotTooOldInAsFewExtentsAsHaveRoomForIt() throws Exception {
        compact(slots);

        assertThat(read(slots)).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(slots.extents()).isEqualTo(2);
    }

    @Test
    void movesNothingThatLiesInAnExtentThatStays() throws Exception {
        compact(slots);

        assertThat(slots.slot(3).id()).isEqualTo(new ExchangeId(new UUID(3, 7), 4));
        assertThat(slots.slot(9).id()).isEqualTo(new ExchangeId(new UUID(9, 7), 10));
    }

    /** Dies before each use of a slot, an extent or the file in turn, and starts again: all is as if it had not died. */
    @Test
    void survivesDeathAtEveryStep() throws Exception {
        int died = 0;
        while (diesAfter(died)) {
            died++;
        }
        assertThat(died).isGreaterThan(slots.count());
    }

    private boolean diesAfter(int uses) throws IOException {
        MemorySlots cut = slots.copy();
        cut.dieAfter(uses);
        boolean died = false;
        try {
            compact(cut);
        } catch (MemorySlots.Death killed) {
            died = true;
        }
        cut.dieAfter(Integer.MAX_VALUE);
        compact(cut);
        Occupancy occupancy = new Occupancy(cut, HORIZON);
        assertThat(read(cut)).as("after a death at step %d", uses).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(occupancy.used()).isEqualTo(kept.size());
        assertThat(occupancy.free()).isEqualTo(cut.count() - kept.size());
        return died;
    }

    @Test
    void takesASlotWhoseCopyWasNotFinishedAsFree() throws Exception {
        Slot source = slots.slot(3);
        slots.slot(4).copy(source);
        slots.slot(4).clear();

        compact(slots);

        assertThat(read(slots)).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void ordersByEndSoThatTheOldestGoFirst() throws Exception {
        compact(slots);
        Occupancy occupancy = new Occupancy(slots, HORIZON);

        occupancy.forget(NOW - Duration.ofSeconds(20).toMillis());

        assertThat(read(slots))
                .hasSize(4)
                .allMatch(record -> record.ending().orElseThrow().at() >= NOW - 20_000);
    }
}
