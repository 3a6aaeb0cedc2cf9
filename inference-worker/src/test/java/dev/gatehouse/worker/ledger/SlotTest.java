package dev.gatehouse.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class SlotTest {

    private static final Counts COUNTS = new Counts(14, 4, 22, 16);
    private static final Expense EXPENSE = new Expense(15.2, 1064.5, 3, OptionalDouble.of(0.5), OptionalDouble.empty());

    private final MemorySegment bytes = Arena.ofAuto().allocate(Slot.BYTES, Long.BYTES);
    private final Slot slot = new Slot(bytes);

    SlotTest() {
        slot.open(ExchangeId.parse("01999999-0000-7000-8000-000000000001-1").orElseThrow(), "m", 5, 100);
        slot.end(new Ending(Reason.STOP, 9, new Timing(0.4, 5.1, 13, 1.2, EXPENSE)), COUNTS);
    }

    @Test
    void keepsWhatAnExchangeHasCostAndWhatIsNotKnownOfIt() {
        assertThat(slot.endingIntact()).isTrue();
        assertThat(slot.read().ending().map(Ending::timing).map(Timing::expense))
                .isEqualTo(Optional.of(EXPENSE));
    }

    @Test
    void aFlippedBitOfTheExpenseIsSeen() {
        bytes.set(ValueLayout.JAVA_BYTE, 250, (byte) (bytes.get(ValueLayout.JAVA_BYTE, 250) ^ 1));

        assertThat(slot.endingIntact()).isFalse();
    }

    @Test
    void readsAnEndingThatAnEarlierReleaseWrote() {
        bytes.asSlice(208).fill((byte) 0);
        CRC32C sum = new CRC32C();
        sum.update(bytes.asSlice(128, 16).toArray(ValueLayout.JAVA_BYTE));
        sum.update(bytes.asSlice(160, 48).toArray(ValueLayout.JAVA_BYTE));
        bytes.set(ValueLayout.JAVA_INT, 156, (int) sum.getValue());
        bytes.set(ValueLayout.JAVA_INT, 152, 0x4748_5832);

        assertThat(slot.endingIntact()).isTrue();
        assertThat(slot.read().ending().map(Ending::timing))
                .isEqualTo(Optional.of(new Timing(0.4, 5.1, 13, 1.2, Expense.NONE)));
    }
}
