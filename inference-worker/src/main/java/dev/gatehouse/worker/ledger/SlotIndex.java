package dev.gatehouse.worker.ledger;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Finds slots by intent: open addressing with linear probing over slot numbers, whose keys stay in the slots, so that a
 * million records take 8 to 16 MiB. Not thread-safe.
 */
final class SlotIndex {

    private static final int EMPTY = -1;

    private final IntFunction<UUID> intentOf;
    private int[] table;
    private int size;

    /** @param expected how many fit before the table grows */
    SlotIndex(int expected, IntFunction<UUID> intentOf) {
        this.intentOf = intentOf;
        this.table = emptyTable(Math.max(1024, Integer.highestOneBit(Math.max(1, expected) * 2 - 1) * 2));
    }

    void add(int slot) {
        if (++size * 2 > table.length) {
            grow();
        }
        put(slot);
    }

    void each(UUID intent, IntConsumer found) {
        for (int at = home(intent); table[at] != EMPTY; at = next(at)) {
            if (intentOf.apply(table[at]).equals(intent)) {
                found.accept(table[at]);
            }
        }
    }

    OptionalInt first(UUID intent, IntPredicate wanted) {
        for (int at = home(intent); table[at] != EMPTY; at = next(at)) {
            if (intentOf.apply(table[at]).equals(intent) && wanted.test(table[at])) {
                return OptionalInt.of(table[at]);
            }
        }
        return OptionalInt.empty();
    }

    /** Removes the slot and moves those behind it that would no longer be found. */
    void remove(int slot) {
        int hole = home(intentOf.apply(slot));
        while (table[hole] != slot) {
            hole = next(hole);
        }
        for (int at = next(hole); table[at] != EMPTY; at = next(at)) {
            int home = home(intentOf.apply(table[at]));
            if (((at - home) & mask()) >= ((at - hole) & mask())) {
                table[hole] = table[at];
                hole = at;
            }
        }
        table[hole] = EMPTY;
        size--;
    }

    private void grow() {
        int[] old = table;
        table = emptyTable(old.length * 2);
        Arrays.stream(old).filter(slot -> slot != EMPTY).forEach(this::put);
    }

    private void put(int slot) {
        int at = home(intentOf.apply(slot));
        while (table[at] != EMPTY) {
            at = next(at);
        }
        table[at] = slot;
    }

    private int home(UUID intent) {
        long mixed = (intent.getMostSignificantBits() ^ intent.getLeastSignificantBits()) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32) & mask();
    }

    private int next(int at) {
        return (at + 1) & mask();
    }

    private int mask() {
        return table.length - 1;
    }

    private static int[] emptyTable(int length) {
        int[] table = new int[length];
        Arrays.fill(table, EMPTY);
        return table;
    }
}
