package dev.gatehouse.worker.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Which slots are free, which are used, and by what. It takes some 16 bytes of heap a record, and 30 while it is made.
 * Not thread-safe.
 */
final class Occupancy {

    private static final int NUMBER_BITS = 25;
    private static final long LATEST = (1L << (Long.SIZE - 1 - NUMBER_BITS)) - 1;

    private static final int MOST_FORGOTTEN = 256;

    private final Slots slots;
    private final SlotIndex index;
    private final IntQueue used;
    private final IntQueue free = new IntQueue(0);

    /**
     * Of an exchange that has two slots, one is cleared.
     *
     * @param slots have only records that have ended
     * @param horizon the earliest end that is kept, milliseconds since the epoch
     */
    Occupancy(Slots slots, long horizon) {
        this.slots = slots;
        long[] byEnd = byEnd(horizon);
        this.index = new SlotIndex(byEnd.length, number -> slots.slot(number).intent());
        this.used = new IntQueue(byEnd.length);
        for (long key : byEnd) {
            load((int) key & ((1 << NUMBER_BITS) - 1));
        }
        addRoom(0, slots.count());
    }

    /** The numbers of the used slots, each below the time of its end. */
    private long[] byEnd(long horizon) {
        long[] keys = new long[countUsed()];
        int found = 0;
        for (int number = 0; number < slots.count(); number++) {
            Slot slot = slots.slot(number);
            if (slot.used()) {
                long end = Math.clamp(slot.endedAt() - horizon, 0, LATEST);
                keys[found++] = end << NUMBER_BITS | number;
            }
        }
        Arrays.sort(keys);
        return keys;
    }

    private int countUsed() {
        int count = 0;
        for (int number = 0; number < slots.count(); number++) {
            if (slots.slot(number).used()) {
                count++;
            }
        }
        return count;
    }

    private void load(int number) {
        Slot slot = slots.slot(number);
        if (find(slot.intent(), slot.attempt()).isPresent()) {
            slot.clear();
        } else {
            occupy(number);
        }
    }

    /** Makes the unused ones of these slots free. */
    void addRoom(int from, int to) {
        for (int number = from; number < to; number++) {
            if (!slots.slot(number).used()) {
                free.addLast(number);
            }
        }
    }

    int used() {
        return used.size();
    }

    int free() {
        return free.size();
    }

    /** A slot that is not free any more; empty if there is none. */
    OptionalInt take() {
        return free.size() > 0 ? OptionalInt.of(free.removeFirst()) : OptionalInt.empty();
    }

    /** Makes a slot that has a record now be found. */
    void occupy(int number) {
        index.add(number);
        used.addLast(number);
    }

    OptionalInt find(UUID intent, int attempt) {
        return index.first(intent, number -> slots.slot(number).attempt() == attempt);
    }

    /** All attempts of an intent, in the order of their numbers. */
    List<ExchangeRecord> read(UUID intent) {
        List<ExchangeRecord> found = new ArrayList<>();
        index.each(intent, number -> found.add(slots.slot(number).read()));
        found.sort(Comparator.comparingInt(record -> record.id().attempt()));
        return found;
    }

    /**
     * Frees the slots of some of those that ended before the horizon: of so many that repeated calls free more than one
     * for each new record. Those that still run go behind the others, so that one that runs for long keeps no other.
     */
    void forget(long horizon) {
        for (int left = Math.min(used.size(), MOST_FORGOTTEN); left > 0; left--) {
            Slot oldest = slots.slot(used.first());
            if (oldest.ended() && oldest.endedAt() >= horizon) {
                return;
            }
            int number = used.removeFirst();
            if (oldest.ended()) {
                index.remove(number);
                oldest.clear();
                free.addLast(number);
            } else {
                used.addLast(number);
            }
        }
    }
}
